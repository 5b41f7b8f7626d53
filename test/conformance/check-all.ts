import type { Morsel } from "./morsel.ts";
import type { Sentence } from "./sentence.ts";

/** What became of one sentence: no flaw means that it holds. */
export interface CheckedSentence extends Sentence {
  flaw: string | null;
  ms: number;
}

/** A local service computes on one thread: more at once would only wait for each other. */
const CHECKED_AT_ONCE = 4;

async function checkOne(sentence: Sentence, morsel: Morsel): Promise<CheckedSentence> {
  const started = performance.now();
  const flaw = await sentence.check(morsel).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { ...sentence, flaw, ms: Math.round(performance.now() - started) };
}

/** Checks the sentences, a few at a time; the results have their order. */
export async function checkAll(
  sentences: readonly Sentence[],
  morsel: Morsel,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<CheckedSentence[]> {
  const results: CheckedSentence[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < sentences.length; index = next++) {
      const sentence = sentences[index];
      if (sentence === undefined) return;
      results[index] = await checkOne(sentence, morsel);
      onProgress(++done, sentences.length);
    }
  };
  await Promise.all(Array.from({ length: CHECKED_AT_ONCE }, work));
  return results;
}

const firstLine = (text: string): string => text.split("\n")[0]?.slice(0, 200) ?? "";

/** The table of sentences and results, a chapter at a time. */
export function printTable(results: readonly CheckedSentence[]): string {
  const lines: string[] = [];
  let chapter = "";
  for (const { chapter: name, says, flaw, ms } of results) {
    if (name !== chapter) lines.push("", name);
    chapter = name;
    lines.push(`  ${flaw === null ? "holds" : "FAILS"} ${String(ms).padStart(6)} ms  ${says}`);
    if (flaw !== null) lines.push(`                    ${firstLine(flaw)}`);
  }
  const holding = results.filter(({ flaw }) => flaw === null).length;
  return [...lines, "", `${holding} of ${results.length} sentences hold.`].join("\n");
}
