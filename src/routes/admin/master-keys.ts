import { z } from "zod";
import { resealNextKeys } from "../../administration/master-keys.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";

const resealSchema = z
  .object({ after: z.int().min(0).default(0).meta({ description: "The `next_after` of the previous call." }) })
  .meta({ id: "Reseal" });

const ids = z.array(z.int());
const resealResponseSchema = z
  .object({
    resealed: z.int().meta({ description: "Applications whose keys were resealed." }),
    changed_meanwhile: ids.meta({ description: "Applications that were changed concurrently; repeat the call." }),
    unreadable: ids.meta({ description: "Applications with a key that cannot be decrypted." }),
    next_after: z.int().nullable().meta({ description: "Where to continue; null after the last application." }),
    remaining_keys: z.int().meta({ description: "Keys still to be resealed, across the whole service." }),
    master_keys: z.array(
      z.object({
        id: z.string(),
        configured: z.boolean(),
        keys: z.int().meta({ description: "How many keys are sealed under it. At 0 it can be removed." }),
      }),
    ),
  })
  .meta({ id: "ResealReport" });

export const resealKeysOperation = operation({
  id: "resealKeys",
  method: "post",
  path: "/admin/keys/reseal",
  tag: "Applications",
  summary: "Reseal all keys under the newest master key",
  description:
    "Call this after adding a new master key at the front of `MASTER_KEYS`. A call reseals the keys of at most 100 applications; repeat it with `after` until `next_after` is null. The call is idempotent.",
  security: "administrator",
  body: json(resealSchema, { beginning: { summary: "Starting with the first application", value: {} } }),
  responses: {
    200: {
      description: "What was resealed, and what remains.",
      content: json(resealResponseSchema, {
        done: {
          summary: "Everything is resealed",
          value: {
            resealed: 12,
            changed_meanwhile: [],
            unreadable: [],
            next_after: null,
            remaining_keys: 0,
            master_keys: [
              { id: "m2", configured: true, keys: 24 },
              { id: "m1", configured: true, keys: 0 },
            ],
          },
        },
      }),
    },
  },
  problems: ["malformed_request", "invalid_request"],
  /**
   * Moves the keys of the next 100 applications under the newest master key. Repeat it with `after` until `next_after` is
   * null; an older master key under which no keys are left may then be removed.
   */
  handler: async (c) => {
    const body = await parseJsonBody(c.req.raw, resealSchema);
    if (!body.ok) return respondWithProblem(c, body.error);
    const done = await resealNextKeys(body.value.after, c.var.administrator, c.var.deps);
    const report: z.output<typeof resealResponseSchema> = {
      resealed: done.resealed,
      changed_meanwhile: done.changed,
      unreadable: done.unreadable,
      next_after: done.nextAfter,
      remaining_keys: done.remaining,
      master_keys: done.masterKeys.map(({ id, isConfigured, keys }) => ({ id, configured: isConfigured, keys })),
    };
    return c.json(report);
  },
});
