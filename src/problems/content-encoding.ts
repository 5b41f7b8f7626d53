import { problem, type Problem } from "./problem.ts";

/** Why a compressed body is refused; null for one that is not compressed. */
export function encodingProblem({ headers }: Pick<Request, "headers">): Problem | null {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return null;
  return problem("unsupported_encoding");
}
