import type { z } from "zod";
import { fail, ok, type Result } from "../../result.ts";
import type { UnreadableOutput } from "./recognizer.ts";

/** No requested list is longer, and longer output is not worth parsing. */
const MAX_OUTPUT_LENGTH = 100_000;

/** The outermost JSON object of a text; models like to put prose or a code fence around it. */
function parseObject(text: string): unknown {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (start === -1 || end < start) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}

export const unreadable = (detail: string): Result<never, UnreadableOutput> => fail({ reason: "bad_answer", detail });

/** One issue is enough for a log and for a model that is asked again; hostile output could raise hundreds. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "unreadable" : `${issue.path.join(".")}: ${issue.message}`;
}

/** Validates what a model wrote as JSON, in a text or as an object. */
export function parseModelJson<Value>(schema: z.ZodType<Value>, content: unknown): Result<Value, UnreadableOutput> {
  if (typeof content === "string" && content.length > MAX_OUTPUT_LENGTH) return unreadable("the output is too long");
  const parsed = schema.safeParse(typeof content === "string" ? parseObject(content) : content);
  return parsed.success ? ok(parsed.data) : unreadable(firstIssue(parsed.error));
}
