import { createDurable } from "itty-durable";

/** The part of itty-durable 2.4.1's class that the record object builds on; the package's own types are `any`. */
interface IttyDurable {
  readonly state: DurableObjectState & {
    /** The router that `fetch` hands every request to. */
    router: { post(path: string, handler: (request: Request) => Promise<Response>): unknown };
    /** Whether the package has looked in storage for what it has persisted. */
    initialized: boolean;
  };
  fetch(request: Request): Promise<Response>;
}

/**
 * itty-durable's class with a typed face. What it does: it takes requests (`fetch`), finds their handler (`router`) and
 * makes an error of one that throws. What it does not: nothing is persisted by it (`autoPersist` neither waits for its
 * write nor reports that it failed), nothing is loaded (`initialized`), and its own call protocol, which puts arguments
 * into a header, carries nothing.
 */
export const IttyBase = createDurable({
  onError: (error: Error) => Response.json({ error: error.message }, { status: 500 }),
}) as unknown as new (state: DurableObjectState, env: object) => IttyDurable;
