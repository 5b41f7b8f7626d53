import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { rotationSchema } from "../../../applications/application-settings.ts";
import { endKeyById, rotateKey, type KeyListName } from "../../../administration/keys.ts";
import { applicationById } from "../../../db/applications.ts";
import { invalidFields, problem } from "../../../problems/problem.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { numberOf, textOf } from "../../form-values.ts";
import { RotatedPage } from "./application-page.tsx";
import { SEEN_KEYS } from "./keys-card.tsx";
import { idOf, redirectBack, respondWithRefusal } from "./show.tsx";

export const keyPages = new Hono<AppEnv>();

const KEYS_PATH = "/applications/:id{[0-9]+}/keys/:purpose{hmac|webhook}";

const namedKeys = (c: Context<AppEnv>): KeyListName => ({
  applicationId: idOf(c),
  purpose: c.req.param("purpose") === "hmac" ? "hmac" : "webhook",
});

/** What to say when the keys are not those that the form was made for. */
const OVERTAKEN =
  "Nothing was changed: the keys have changed since this form was opened. If you have just rotated this key, the new one was in the response to that and is not shown again; if you did not copy it, revoke it and rotate once more.";
const ENDED_ALREADY = "Nothing was changed: this key was already revoked, or has expired.";

/** The answer has the new key, so that it leads nowhere else: it is in no other. Sent again, the form changes nothing. */
keyPages.post(`${KEYS_PATH}/rotate`, async (c) => {
  const { administrator, deps, session } = c.var;
  const form = await c.req.formData();
  const owner = { ...namedKeys(c), seen: form.has(SEEN_KEYS) ? textOf(form, SEEN_KEYS) : undefined };
  const rotation = rotationSchema.safeParse({ overlap_hours: numberOf(textOf(form, "overlap_hours")) });
  if (!rotation.success) return respondWithRefusal(c, invalidFields(rotation.error.issues, "body"));
  const rotated = await rotateKey(owner, rotation.data, administrator, deps);
  if (!rotated.ok) {
    const { code } = rotated.error;
    return respondWithRefusal(c, code === "keys_changed" ? problem(code, OVERTAKEN) : rotated.error);
  }
  const application = (await applicationById(deps.db, owner.applicationId)) ?? { id: owner.applicationId, name: "it" };
  return respondWithConsolePage(
    c,
    <RotatedPage session={session} application={application} purpose={owner.purpose} newKey={rotated.value.key} />,
  );
});

keyPages.post(`${KEYS_PATH}/end`, async (c) => {
  const keyId = textOf(await c.req.formData(), "key_id");
  const left = await endKeyById(namedKeys(c), keyId, c.var.administrator, c.var.deps);
  if (left.ok) return redirectBack(c, "ended");
  const { code } = left.error;
  return respondWithRefusal(c, code === "not_found" ? problem(code, ENDED_ALREADY) : left.error);
});
