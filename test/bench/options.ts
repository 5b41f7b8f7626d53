import { parseArgs } from "node:util";

export const TOPICS = [
  "uploads",
  "polls",
  "latency",
  "pipeline",
  "neighbors",
  "memory",
  "analysis-memory",
  "bundle",
] as const;
export type Topic = (typeof TOPICS)[number];

export interface BenchOptions {
  /** How often floor and service take turns; the medians are over these. */
  rounds: number;
  /** Length of one turn, a whole number. */
  seconds: number;
  topics: readonly Topic[];
  /** Where to write all figures as JSON; null = nowhere. */
  jsonFile: string | null;
}

export const USAGE = `npm run bench -- [--rounds N] [--seconds S] [--only ${TOPICS.join("|")}] [--json FILE]`;

const isTopic = (text: string): text is Topic => (TOPICS as readonly string[]).includes(text);

/** Reads the command line; null when it does not fit `USAGE`. */
export function parseOptions(args: readonly string[]): BenchOptions | null {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: "5" },
        seconds: { type: "string", default: "3" },
        only: { type: "string", multiple: true, default: [...TOPICS] },
        json: { type: "string" },
      },
    }));
  } catch {
    return null;
  }
  const topics = values.only.flatMap((text) => text.split(","));
  const rounds = Number(values.rounds);
  const seconds = Number(values.seconds);
  // wrk counts in whole seconds.
  const isCount = (number: number): boolean => Number.isInteger(number) && number > 0;
  return topics.every(isTopic) && isCount(rounds) && isCount(seconds)
    ? { rounds, seconds, topics, jsonFile: values.json ?? null }
    : null;
}
