import type { z } from "zod";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";

/** Parses a JSON body once, into the schema's type: 400 when it is not JSON, 422 when it does not fit. */
export async function parseJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Result<z.infer<Schema>, Problem>> {
  let json: unknown;
  try {
    json = await request.json();
  } catch {
    return fail(problem("malformed_request", "The body is not valid JSON."));
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, "body", json));
}
