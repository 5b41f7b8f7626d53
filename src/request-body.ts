import { readBounded } from "./bounded-read.ts";
import { encodingProblem } from "./problems/content-encoding.ts";
import { problem, type Problem } from "./problems/problem.ts";
import { fail, ok, type Result } from "./result.ts";

/** The body of a request, at most `limit` bytes; `tooLarge` says what is refused. One that is cut off is its client's fault. */
export async function readRequestBody(
  request: Request,
  limit: number,
  tooLarge: "body_too_large" | "photo_too_large",
): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const encoding = encodingProblem(request);
  if (encoding !== null) return fail(encoding);
  try {
    const bytes = await readBounded(request.body, request.headers.get("content-length"), limit);
    return bytes === null ? fail(problem(tooLarge)) : ok(bytes);
  } catch {
    return fail(problem("malformed_request", "The body was cut off."));
  }
}
