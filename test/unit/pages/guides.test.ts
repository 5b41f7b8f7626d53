import { describe, expect, it } from "vitest";
import { explainProblem, explanationText } from "../../../src/pages/problems/explain.ts";
import { PROBLEM_GUIDES } from "../../../src/pages/problems/guides.ts";
import { PROBLEMS, type ProblemCode } from "../../../src/problems/problem-kinds.ts";

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

describe("the guide to an error", () => {
  it.each(CODES)("%s says why it happens and what to do", (code) => {
    const guide = PROBLEM_GUIDES[code];
    expect(guide.why).toMatch(/^[A-Z`].*[.]$/);
    expect(guide.steps.length).toBeGreaterThan(0);
    for (const step of guide.steps) expect(step).toMatch(/[.]$/);
  });

  it("says whether to try again as the answer itself does", () => {
    for (const code of CODES) {
      const { retry, example } = explainProblem(code, "https://morsel.example.com");
      expect(retry.startsWith("Yes")).toBe(JSON.parse(example).retryable);
    }
  });

  it("is complete in plain text", () => {
    const text = explanationText(explainProblem("photo_too_large", "https://morsel.example.com"));
    const { why, steps } = PROBLEM_GUIDES.photo_too_large;
    for (const part of [
      "The photo is too large (413, photo_too_large)",
      why,
      ...steps,
      '"type": "https://morsel.example.com/problems/photo_too_large"',
    ]) {
      expect(text).toContain(part);
    }
  });
});
