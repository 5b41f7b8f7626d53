import { Hono, type Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../../../http/app-env.ts";
import { changeSettings, createApplication, deleteApplication } from "../../../administration/applications.ts";
import { testEndpoint } from "../../../administration/webhooks.ts";
import { applicationById, nextApplicationId } from "../../../db/applications.ts";
import { allApplications } from "../../../db/endpoint-health.ts";
import { erasureById } from "../../../db/erasures.ts";
import { PROBLEMS } from "../../../problems/problem-kinds.ts";
import { problem, type Problem } from "../../../problems/problem.ts";
import { respondWithConsolePage } from "../console-response.ts";
import type { FieldErrors } from "../../field.tsx";
import { textOf } from "../../form-values.ts";
import { respondWithProblemPage } from "../../problem-page.tsx";
import { DeletedPage } from "./deleted-page.tsx";
import { ApplicationListPage } from "./list-page.tsx";
import { inTroubleFirst } from "./in-trouble-first.ts";
import { CreatedPage, NEW_SETTINGS, NewApplicationPage, type NewContent } from "./new-page.tsx";
import { changedOnly, parseChange, parseCreation, problemFields, readSettings } from "./settings-form.ts";
import { doneText, idOf, redirectBack, respondWithApplication, respondWithRefusal } from "./show.tsx";

export const applicationPages = new Hono<AppEnv>();

applicationPages.get("/", async (c) => {
  const { db, now } = c.var.deps;
  const applications = inTroubleFirst(await allApplications(db));
  return respondWithConsolePage(
    c,
    <ApplicationListPage session={c.var.session} applications={applications} now={now()} />,
  );
});

/** The form of a new application, with the id that it will have. */
async function respondWithNewPage(
  c: Context<AppEnv>,
  content: Omit<NewContent, "session" | "nextId">,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const nextId = await nextApplicationId(c.var.deps.db);
  return respondWithConsolePage(c, <NewApplicationPage session={c.var.session} nextId={nextId} {...content} />, status);
}

applicationPages.get("/applications/new", (c) => respondWithNewPage(c, { fields: NEW_SETTINGS, id: "", errors: {} }));

const FIELDS_ARE_WRONG = "Not saved. Fix the highlighted fields below.";
const CREATED_ALREADY =
  "Nothing was created: another application was created since this form was opened. If that was you, by the same form, its keys were in the response to it and are not shown again; its page lets you rotate them.";

/** Why an application was not created, as a sentence above its form. */
function refusalText(refused: Problem, errors: FieldErrors, typedId: string): string {
  if (Object.keys(errors).length > 0) return FIELDS_ARE_WRONG;
  return refused.code === "id_taken" && typedId === "" ? CREATED_ALREADY : (refused.detail ?? FIELDS_ARE_WRONG);
}

/**
 * The answer has the keys, so that it leads nowhere else: they are in no other. Sent again, the form asks for an id
 * that is taken by then.
 */
applicationPages.post("/applications", async (c) => {
  const form = await c.req.formData();
  const typed = { fields: readSettings(form), id: textOf(form, "id") };
  const body = parseCreation(form);
  const created = body.ok ? await createApplication(body.value, c.var.administrator, c.var.deps) : null;
  if (created?.ok === true) {
    return respondWithConsolePage(c, <CreatedPage session={c.var.session} created={created.value} />, 201);
  }
  const refused = created?.error ?? problem("invalid_request", FIELDS_ARE_WRONG);
  const errors = body.ok ? problemFields(refused) : body.error;
  const message = refusalText(refused, errors, typed.id);
  return respondWithNewPage(c, { ...typed, errors, message }, PROBLEMS[refused.code].status);
});

applicationPages.get("/applications/:id{[0-9]+}", (c) => respondWithApplication(c, { done: doneText(c) }));

applicationPages.post("/applications/:id{[0-9]+}/settings", async (c) => {
  const { deps, administrator } = c.var;
  const application = await applicationById(deps.db, idOf(c));
  if (application === null) return respondWithProblemPage(c, problem("not_found"));
  const fields = readSettings(await c.req.formData());
  const parsed = parseChange(fields);
  if (!parsed.ok) {
    return respondWithApplication(c, { fields, errors: parsed.error, message: FIELDS_ARE_WRONG }, 422);
  }
  const change = changedOnly(parsed.value, application);
  if (Object.keys(change).length === 0) return redirectBack(c, "saved");
  const changed = await changeSettings(application.id, change, administrator, deps);
  if (changed.ok) return redirectBack(c, "saved");
  const errors = problemFields(changed.error);
  const message = Object.keys(errors).length > 0 ? FIELDS_ARE_WRONG : changed.error.detail;
  return respondWithRefusal(c, changed.error, { fields, errors, message });
});

applicationPages.post("/applications/:id{[0-9]+}/active", async (c) => {
  const active = textOf(await c.req.formData(), "active") === "true";
  const changed = await changeSettings(idOf(c), { active }, c.var.administrator, c.var.deps);
  if (!changed.ok) return respondWithProblemPage(c, changed.error);
  return redirectBack(c, active ? "activated" : "deactivated");
});

/** Shows the endpoint's response with the page; a script shows it alone. */
applicationPages.post("/applications/:id{[0-9]+}/test", async (c) => {
  const test = await testEndpoint(idOf(c), c.var.administrator, c.var.deps);
  return test.ok ? respondWithApplication(c, { test: test.value }) : respondWithRefusal(c, test.error);
});

applicationPages.post("/applications/:id{[0-9]+}/delete", async (c) => {
  const { db } = c.var.deps;
  const application = await applicationById(db, idOf(c));
  if (application === null) return respondWithProblemPage(c, problem("not_found"));
  if (textOf(await c.req.formData(), "confirmation") !== application.name.trim()) {
    const errors = { confirmation: `Nothing was deleted: type “${application.name}” exactly.` };
    return respondWithApplication(c, { errors }, 422);
  }
  const erasure = await deleteApplication(application.id, c.var.administrator, c.var.deps);
  if (!erasure.ok) return respondWithProblemPage(c, erasure.error);
  c.header("cache-control", "no-store");
  return c.redirect(`/console/applications/${application.id}/erasures/${erasure.value.id}`, 303);
});

applicationPages.get("/applications/:id{[0-9]+}/erasures/:receipt", async (c) => {
  const erasure = await erasureById(c.var.deps.db, idOf(c), c.req.param("receipt"));
  if (erasure === null || erasure.scope !== "application") return respondWithProblemPage(c, problem("not_found"));
  return respondWithConsolePage(c, <DeletedPage session={c.var.session} erasure={erasure} />);
});
