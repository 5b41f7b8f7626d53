/** The bindings of the test Worker, for `env` and `exports` of cloudflare:workers. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("./main.ts");
    durableNamespaces: "RecordObject";
  }

  interface Env {
    DB: D1Database;
    PHOTOS: R2Bucket;
    IMAGES: ImagesBinding;
    RATE_LIMITS: RateLimit;
    RECORDS: DurableObjectNamespace<
      import("../../../src/wiring/record-object.ts").RecordObject & Rpc.DurableObjectBranded
    >;
    ANALYSIS_QUEUE: Queue;
    /** Real sockets to this machine. */
    LOOPBACK: Fetcher;
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}
