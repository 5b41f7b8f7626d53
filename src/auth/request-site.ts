/**
 * Whether a browser sent this request on behalf of another site, which matters wherever the browser itself adds what
 * lets a request in. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata), older ones in `Origin`; programs that are no
 * browsers say neither, and no one can borrow what they carry. `none` is the user themselves, by reloading. `own` are
 * the origins of this service.
 */
export function isFromAnotherSite(headers: Headers, own: readonly string[]): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("origin");
  return origin !== null && !own.includes(origin);
}
