import type { TestProject } from "vitest/node";
import { startFaultyEndpoint } from "./faulty-endpoint.ts";

/** Serves an endpoint on real sockets to the tests that run in workerd, which cannot listen themselves. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const endpoint = await startFaultyEndpoint();
  const { url, untrustedUrl, notTlsUrl } = endpoint;
  project.provide("faultyEndpoint", { url, untrustedUrl, notTlsUrl });
  return () => endpoint.close();
}
