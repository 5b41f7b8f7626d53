import { Hono, type Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { acceptPhoto } from "../intake/accept-photo.ts";
import { readUpload } from "../intake/read-upload.ts";
import { presentUpload } from "../records/present.ts";
import { originOf, respondWithProblem } from "../respond.ts";
import { POLL_AGAIN_SECONDS } from "./owned-record.ts";

export const uploadRoutes = new Hono<AppEnv>();

async function upload(c: Context<AppEnv>): Promise<Response> {
  const read = await readUpload(c.req.raw);
  if (!read.ok) return respondWithProblem(c, read.error);
  const accepted = await acceptPhoto(c.var.deps.accept, c.var.caller, read.value);
  if (!accepted.ok) return respondWithProblem(c, accepted.error);
  return c.json(presentUpload(accepted.value), 202, {
    location: `${originOf(c)}/nutrition_records/${accepted.value.id}`,
    "retry-after": POLL_AGAIN_SECONDS,
    "cache-control": "no-store",
  });
}

uploadRoutes.post("/", upload);
uploadRoutes.post("/image", upload);
