import type { ProblemKind } from "../../problems/problem-kind.ts";
import { PROBLEMS, type ProblemCode } from "../../problems/problem-kinds.ts";
import { presentProblem, problem } from "../../problems/problem.ts";
import { PROBLEM_GUIDES } from "./guides.ts";

/** Everything that the page of an error says. */
export interface Explanation {
  code: ProblemCode;
  status: number;
  title: string;
  /** One sentence or two: also the `detail` of a response that has nothing more exact to say. */
  help: string;
  why: string;
  steps: readonly string[];
  retry: string;
  /** An answer as a client gets it, indented. */
  example: string;
}

/** A request id for examples: the log knows no such request. */
const EXAMPLE_REQUEST_ID = "5f0c8f5e-6d0e-4d3e-9d3c-2f1b7a9e4c11";

const RETRY =
  "Yes, the same request may succeed later. Wait for `Retry-After` seconds if the response has that header; otherwise start with a second or two and back off.";
const NO_RETRY = "No. Retrying the same request will fail until you change it.";

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** Explains an error to a person; `origin` is the URL of this service. */
export function explainProblem(code: ProblemCode, origin: string): Explanation {
  const { status, title, retryable, help }: ProblemKind = PROBLEMS[code];
  const { why, steps } = PROBLEM_GUIDES[code];
  const example = JSON.stringify(presentProblem(problem(code), origin, EXAMPLE_REQUEST_ID), null, 2);
  return { code, status, title, help, why, steps, retry: retryable ? RETRY : NO_RETRY, example };
}

/** The same for a terminal. */
export const explanationText = ({ code, status, title, help, why, steps, retry, example }: Explanation): string =>
  [
    `${title} (${status}, ${code})`,
    help,
    `Why it happens\n${why}`,
    `What to do\n${steps.map((step) => `- ${step}`).join("\n")}`,
    `Should I try again?\n${retry}`,
    `Example response\n${example}`,
  ].join("\n\n") + "\n";
