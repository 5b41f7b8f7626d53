/** What an error's page says beyond its summary: why it happens, and how to fix it, step by step. */
export interface ProblemGuide {
  why: string;
  steps: readonly string[];
}
