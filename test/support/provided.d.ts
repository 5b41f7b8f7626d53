import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the endpoint listens that `serve-faulty-endpoint.ts` serves. */
    faultyEndpoint: { url: string; untrustedUrl: string; notTlsUrl: string };
    /** What `property-seed.ts` has drawn for this run. */
    propertySeed: number;
  }
}
