/** A part of the pure core that one run takes minutes for. Paths and patterns begin at the root of the repository. */
export interface Area {
  mutate: readonly string[];
  /** The unit tests that hold it: all others would only take time. */
  tests: readonly string[];
}

const inFolder = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => `src/${folder}/${name}.ts`);

export const AREAS: Readonly<Record<string, Area>> = {
  records: {
    mutate: [
      ...inFolder("records", [
        "sequence",
        "analysis-steps",
        "user-steps",
        "next-step",
        "retry-schedule",
        "transitions",
        "history",
        "day-summary",
      ]),
      ...inFolder("records/changes", ["record-change", "reanalysis", "portion"]),
    ],
    tests: ["test/unit/records/*.test.ts"],
  },
  "status-cache": { mutate: ["src/records/status-cache.ts"], tests: ["test/unit/records/status-cache.test.ts"] },
  outbox: {
    mutate: inFolder("webhooks", ["outbox", "repair"]),
    tests: ["test/unit/webhooks/*.test.ts", "test/unit/records/sequence.test.ts"],
  },
  endpoints: {
    mutate: inFolder("webhooks", ["schedule", "endpoint-health", "recovery"]),
    tests: ["test/unit/webhooks/{schedule,endpoint-health,recovery}.test.ts"],
  },
  analysis: {
    mutate: inFolder("analysis", ["reconcile", "model-failure", "model-calls"]),
    tests: ["test/unit/analysis/{reconcile,model-failure,model-calls,run-models}*.test.ts"],
  },
  nutrients: {
    mutate: inFolder("nutrition", ["nutrients", "nutrient-input", "portions"]),
    tests: ["test/unit/nutrition/{nutrients,nutrient-input,portions,arithmetic}*.test.ts"],
  },
  "nutri-score": {
    mutate: inFolder("nutrition", ["nutri-score", "plate-score"]),
    tests: ["test/unit/nutrition/{nutri-score,plate-score}*.test.ts"],
  },
  erasure: {
    mutate: ["src/photos/{byte-feed,image-grammar,photo-check}.ts", "src/photos/formats/*.ts"],
    // Those of `metadata.test.ts` decode pixels, which takes seconds.
    tests: [
      "test/unit/photos/{byte-feed,foreign-formats,jpeg-processes,lenient-jpegs,metadata-erasure,orientation,photo-check}.test.ts",
    ],
  },
  access: {
    mutate: [
      ...inFolder("auth", ["tokens", "application-signature"]),
      ...inFolder("applications/keys", ["keyring", "key-sealing", "key-rotation"]),
    ],
    tests: ["test/unit/auth/*.test.ts"],
  },
  limits: {
    mutate: [...inFolder("limits", ["limits", "rate-limiter", "limit-headers"]), "src/applications/rate-limits.ts"],
    tests: ["test/unit/limits/*.test.ts"],
  },
};
