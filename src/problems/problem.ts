import { z } from "zod";
import { echoedValue } from "./echoed-value.ts";
import { MAX_FIELD_ERRORS } from "../bounds.ts";
import { PROBLEMS, type ProblemCode } from "./problem-kinds.ts";

/** One field that is wrong: `location` is a path such as `body.metadata`. */
export interface FieldError {
  location: string;
  message: string;
  value?: string | number | boolean | null;
}

/** An expected failure on its way to the client. `detail` is about this request and names no internals. */
export interface Problem {
  code: ProblemCode;
  detail: string;
  errors?: FieldError[];
  retryAfterSeconds?: number;
}

export const problem = (code: ProblemCode, detail: string = PROBLEMS[code].help): Problem => ({ code, detail });

const problemCodeSchema = z
  .enum(Object.keys(PROBLEMS) as ProblemCode[])
  .meta({ id: "ProblemCode", description: "The kind of error, for programs to branch on." });

export const problemSchema = z
  .object({
    type: z.url().meta({ description: "A stable URI, with a page that explains the error." }),
    title: z.string().meta({ description: "A short summary of the kind of error." }),
    status: z.int().meta({ description: "The HTTP status." }),
    detail: z.string().meta({ description: "What is wrong with this particular request." }),
    errors: z
      .array(
        z.object({
          location: z.string().meta({ description: "The path to the field.", examples: ["body.serving_size"] }),
          message: z.string().meta({ description: "What the field should be." }),
          value: z
            .union([z.string(), z.number(), z.boolean(), z.null()])
            .exactOptional()
            .meta({ description: "The value that was sent, if it is short and not secret." }),
        }),
      )
      .meta({ description: "Each invalid field." }),
    code: problemCodeSchema,
    retryable: z.boolean().meta({ description: "Whether the same request may succeed later." }),
    request_id: z.string().meta({ description: "The request's id in the logs; also in `x-request-id`." }),
  })
  .meta({ id: "Problem", description: "An error (RFC 9457)." });

/** The body of an `application/problem+json` answer. `origin` is where this service is reached. */
export const presentProblem = (
  { code, detail, errors = [] }: Problem,
  origin: string,
  requestId: string,
): z.output<typeof problemSchema> => ({
  type: `${origin}/problems/${code}`,
  title: PROBLEMS[code].title,
  status: PROBLEMS[code].status,
  detail,
  errors,
  code,
  retryable: PROBLEMS[code].retryable,
  request_id: requestId,
});

/** What clients name may be long: so much of it is repeated, in characters. Twenty errors, listed twice, fit a problem. */
const MAX_LOCATION_LENGTH = 80;
const MAX_MESSAGE_LENGTH = 200;

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/**
 * Turns the issues of a zod schema into field errors, of which the first `MAX_FIELD_ERRORS` are listed; `root` says where
 * the value came from. `given` is what was sent, of which the errors repeat no more than `echoedValue` allows.
 */
export function invalidFields(
  issues: readonly { path: PropertyKey[]; message: string }[],
  root: string,
  given?: unknown,
): Problem {
  const errors = issues.slice(0, MAX_FIELD_ERRORS).map(({ path, message }) => {
    const value = echoedValue(given, path);
    const location = [root, ...path.map(String)].join(".");
    return {
      location: shortened(location, MAX_LOCATION_LENGTH),
      message: shortened(message, MAX_MESSAGE_LENGTH),
      ...(value !== undefined && { value }),
    };
  });
  const listed = errors.map((error) => `${error.location}: ${error.message}`).join("; ");
  const omitted = issues.length - errors.length;
  return { code: "invalid_request", detail: omitted === 0 ? listed : `${listed}; and ${omitted} more`, errors };
}
