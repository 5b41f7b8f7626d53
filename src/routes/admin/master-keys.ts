import { z } from "zod";
import { resealNextKeys } from "../../administration/master-keys.ts";
import { json } from "../../openapi/operation.ts";
import { operation } from "../../http/operation.ts";
import { respondWithProblem } from "../../http/respond.ts";
import { parseJsonBody } from "../../http/json-body.ts";

const resealSchema = z
  .object({ after: z.int().min(0).default(0).meta({ description: "The last call's `next_after`." }) })
  .meta({ id: "Reseal" });

const ids = z.array(z.int());
const resealAnswerSchema = z
  .object({
    resealed: z.int().meta({ description: "Applications whose keys were moved." }),
    changed_meanwhile: ids.meta({ description: "Applications that another change came before: repeat the call." }),
    unreadable: ids.meta({ description: "Applications with a key that cannot be opened." }),
    next_after: z.int().nullable().meta({ description: "Where to go on; null after the last application." }),
    remaining_keys: z.int().meta({ description: "Keys that are still to be moved, in the whole service." }),
    master_keys: z.array(
      z.object({
        id: z.string(),
        configured: z.boolean(),
        keys: z.int().meta({ description: "How many keys are sealed under it. With none it may be removed." }),
      }),
    ),
  })
  .meta({ id: "ResealReport" });

export const resealKeysOperation = operation({
  id: "resealKeys",
  method: "post",
  path: "/admin/keys/reseal",
  tag: "Applications",
  summary: "Move all keys under the newest master key",
  description:
    "After a new master key was put in front of `MASTER_KEYS`. A call moves the keys of at most 100 applications; repeat it with `after` until `next_after` is null. Repeating it does no harm.",
  security: "administrator",
  body: json(resealSchema, { beginning: { summary: "From the first application on", value: {} } }),
  responses: {
    200: {
      description: "What was done, and what is left.",
      content: json(resealAnswerSchema, {
        done: {
          summary: "Everything is moved",
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
    const report: z.output<typeof resealAnswerSchema> = {
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
