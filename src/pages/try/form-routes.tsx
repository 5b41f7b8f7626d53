import { Hono, type Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { boundForm } from "../../http/bounded-request.ts";
import { parseRecordId } from "../../ids.ts";
import { PROBLEMS } from "../../problems/problem-kinds.ts";
import { problem, type Problem } from "../../problems/problem.ts";
import { respondWithPage, toHtml } from "../page-response.ts";
import { callApi } from "./call-api.ts";
import { correctionOf } from "./correction.ts";
import { FORM_HEADERS } from "./page-headers.ts";
import { TroublePage } from "./record-page.tsx";
import { SAMPLE_PHOTOS } from "./sample-photos.ts";
import { ProblemTrouble } from "./trouble.tsx";
import { UPLOAD_FIELDS } from "./upload-options.ts";
import { welcomeVisitor, type Visitor } from "./visitor.ts";

/** What the page does for browsers without a script: each form calls the API, and leads on to a page. */
export const formRoutes = new Hono<AppEnv>();

function respondWithTrouble(c: Context<AppEnv>, refusal: Problem): Response {
  const { status, title } = PROBLEMS[refusal.code];
  const page = (
    <TroublePage title={title}>
      <ProblemTrouble problem={refusal} />
    </TroublePage>
  );
  return respondWithPage(c, toHtml(page), FORM_HEADERS, status);
}

/** Redirects after a successful response; shows the problem otherwise. */
async function redirectOn(c: Context<AppEnv>, response: Response, pathOf: (body: { record_id: string }) => string) {
  if (!response.ok) return respondWithTrouble(c, await response.json<Problem>());
  return c.redirect(response.status === 204 ? "/" : pathOf(await response.json()), 303);
}

/** Runs an action as the visitor; another site's page cannot. */
async function asVisitor(c: Context<AppEnv>, act: (visitor: Visitor) => Promise<Response>): Promise<Response> {
  const visitor = await welcomeVisitor(c);
  return visitor.ok ? act(visitor.value) : respondWithTrouble(c, visitor.error);
}

const recordPath = ({ record_id: id }: { record_id: string }): string => `/try/records/${id}`;

/** The form as it came, its photo unread. */
const passedOn = (request: Request): RequestInit => {
  const headers = new Headers();
  for (const name of ["content-type", "content-length"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return { method: "POST", headers, body: request.body };
};

formRoutes.post("/try/photos", (c) =>
  asVisitor(c, async ({ caller }) =>
    redirectOn(c, await callApi(c, caller, "/image", passedOn(c.req.raw)), recordPath),
  ),
);

formRoutes.post("/try/samples/:id", (c) =>
  asVisitor(c, async ({ caller }) => {
    const sample = SAMPLE_PHOTOS.find(({ id }) => id === c.req.param("id"));
    if (sample === undefined) return respondWithTrouble(c, problem("not_found"));
    const query = new URLSearchParams(UPLOAD_FIELDS.map(([name, value]) => [name, value]));
    const headers = { "content-type": "image/jpeg", "content-length": String(sample.bytes.byteLength) };
    const init = { method: "POST", headers, body: sample.bytes };
    return redirectOn(c, await callApi(c, caller, `/image?${query.toString()}`, init), recordPath);
  }),
);

formRoutes.post("/try/records/:id/ingredients/:n{[0-9]{1,4}}", (c) =>
  asVisitor(c, async ({ caller }) => {
    const tooLarge = await boundForm(c);
    if (tooLarge !== null) return respondWithTrouble(c, tooLarge);
    const form = await c.req.formData();
    const version = form.get("version");
    const headers = { "content-type": "application/json", ...(typeof version === "string" && { "if-match": version }) };
    const init = { method: "PATCH", headers, body: JSON.stringify(correctionOf(form)) };
    const id = parseRecordId(c.req.param("id"));
    if (id === null) return respondWithTrouble(c, problem("not_found"));
    const path = `/${id}/ingredients/${c.req.param("n")}`;
    return redirectOn(c, await callApi(c, caller, path, init), recordPath);
  }),
);

formRoutes.post("/try/records/:id/delete", (c) =>
  asVisitor(c, async ({ caller }) => {
    const id = parseRecordId(c.req.param("id"));
    if (id === null) return respondWithTrouble(c, problem("not_found"));
    return redirectOn(c, await callApi(c, caller, `/${id}`, { method: "DELETE" }), recordPath);
  }),
);
