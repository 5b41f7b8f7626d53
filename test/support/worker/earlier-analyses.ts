/**
 * Whether analyses are remembered. Tests upload the same photo over and over: unless one asks for it, each gets an
 * analysis of its own.
 */
export const earlierAnalyses = { areRemembered: false };

/** Keeps analyses out of the cache while they are not to be remembered. */
export function forgetAnalyses(): void {
  const { default: cache } = caches;
  const put = cache.put.bind(cache);
  cache.put = async (key, response) => {
    const isAnalysis = typeof key === "string" && key.startsWith("https://analysis-cache.invalid/");
    if (isAnalysis && !earlierAnalyses.areRemembered) return;
    return put(key, response);
  };
}
