import { createDurable } from "itty-durable";

/** The part of itty-durable 2.4.1's class that the record object builds on; the package's own types are `any`. */
interface IttyDurable {
  readonly state: DurableObjectState;
  fetch(request: Request): Promise<Response>;
}

/**
 * itty-durable's class with a typed face. It gives the call surface and nothing else: `autoPersist` stays off, because
 * it neither waits for its write nor reports that it failed.
 */
export const IttyBase = createDurable({
  onError: (error: Error) => Response.json({ error: error.message }, { status: 500 }),
}) as unknown as new (state: DurableObjectState, env: object) => IttyDurable;
