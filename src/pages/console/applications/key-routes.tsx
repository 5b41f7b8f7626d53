import { Hono, type Context } from "hono";
import type { AppEnv } from "../../../http/app-env.ts";
import { rotationSchema } from "../../../applications/application-settings.ts";
import { endKeyById, rotateKey, type KeyListName } from "../../../administration/keys.ts";
import { applicationById } from "../../../db/applications.ts";
import { invalidFields } from "../../../problems/problem.ts";
import { respondWithConsolePage } from "../console-response.ts";
import { numberOf, textOf } from "../../form-values.ts";
import { RotatedPage } from "./application-page.tsx";
import { idOf, redirectBack, respondWithRefusal } from "./show.tsx";

export const keyPages = new Hono<AppEnv>();

const KEYS_PATH = "/applications/:id{[0-9]+}/keys/:purpose{hmac|webhook}";

const namedKeys = (c: Context<AppEnv>): KeyListName => ({
  applicationId: idOf(c),
  purpose: c.req.param("purpose") === "hmac" ? "hmac" : "webhook",
});

/** The answer has the new key, so that it leads nowhere else: it is in no other. */
keyPages.post(`${KEYS_PATH}/rotate`, async (c) => {
  const { administrator, deps, session } = c.var;
  const owner = namedKeys(c);
  const hours = numberOf(textOf(await c.req.formData(), "overlap_hours"));
  const rotation = rotationSchema.safeParse({ overlap_hours: hours });
  if (!rotation.success) return respondWithRefusal(c, invalidFields(rotation.error.issues, "body"));
  const rotated = await rotateKey(owner, rotation.data, administrator, deps);
  if (!rotated.ok) return respondWithRefusal(c, rotated.error);
  const application = (await applicationById(deps.db, owner.applicationId)) ?? { id: owner.applicationId, name: "it" };
  return respondWithConsolePage(
    c,
    <RotatedPage session={session} application={application} purpose={owner.purpose} newKey={rotated.value.key} />,
  );
});

keyPages.post(`${KEYS_PATH}/end`, async (c) => {
  const keyId = textOf(await c.req.formData(), "key_id");
  const left = await endKeyById(namedKeys(c), keyId, c.var.administrator, c.var.deps);
  return left.ok ? redirectBack(c, "ended") : respondWithRefusal(c, left.error);
});
