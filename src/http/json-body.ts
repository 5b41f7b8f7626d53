import type { z } from "zod";
import { MAX_BODY_BYTES } from "../bounds.ts";
import { readRequestBody } from "../request-body.ts";
import { jsonIssue, parseJson } from "../json-bounds.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { withoutUnset } from "../schema-core.ts";

/**
 * Parses a JSON body once, into the schema's type: 413 when it is too long, 400 when it is not JSON, 422 when it does not
 * fit. Null counts as omitted where a field can only be omitted, and so does "" with `areBlanksUnset`.
 */
export async function parseJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  { areBlanksUnset = false } = {},
): Promise<Result<z.infer<Schema>, Problem>> {
  const bytes = await readRequestBody(request, MAX_BODY_BYTES, "body_too_large");
  if (!bytes.ok) return bytes;
  const json = parseJson(bytes.value);
  if (!json.ok) return fail(problem("malformed_request", "The body is not valid JSON."));
  const issue = jsonIssue(json.value);
  if (issue !== null) return fail(invalidFields([issue], "body"));
  const parsed = schema.safeParse(withoutUnset(schema, json.value, areBlanksUnset));
  return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, "body", json.value));
}
