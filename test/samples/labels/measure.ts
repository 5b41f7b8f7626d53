// Reads the pictures that render.ts made with the real local reader and the real parser, and prints how many values are
// right, for each degree of blur, turn and noise.
//
//   node test/samples/labels/measure.ts DIR
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readLabel } from "../../../src/analysis/read-label.ts";
import { startLocalAI } from "../../support/node/local-ai.ts";
import { DESIGNS } from "./designs.ts";

interface Tally {
  labels: number;
  /** Neither refused nor in need of a second look. */
  read: number;
  allRight: number;
  values: number;
  right: number;
  wrong: number;
  /** Of labels that were read. */
  missing: number;
  /** Of wrong values: those in labels that carry a warning. */
  warned: number;
}

/** How many values that were read are right, in labels with and without warnings. */
const byWarnings = { without: { right: 0, wrong: 0 }, with: { right: 0, wrong: 0 } };

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder with the pictures");

const tallies = new Map<string, Tally>();
const times: number[] = [];
const { ai, stop } = await startLocalAI();
for (const photo of readdirSync(folder).filter((name) => name.endsWith(".jpg"))) {
  const [name, , degree = ""] = photo.replace(".jpg", "").split("--");
  const design = DESIGNS.find((candidate) => candidate.name === name);
  if (design === undefined || design.misprinted === true) continue;
  const tally = tallies.get(degree) ?? {
    labels: 0,
    read: 0,
    allRight: 0,
    values: 0,
    right: 0,
    wrong: 0,
    missing: 0,
    warned: 0,
  };
  tallies.set(degree, tally);
  tally.labels++;
  tally.values += Object.keys(design.expected).length;
  const startedAt = Date.now();
  const label = await readLabel(
    {
      stored: { format: "jpeg", bytes: 1, width: 1000, height: 1000, orientation: 1 },
      bytes: new Uint8Array(await readFile(join(folder, photo))),
    },
    {
      makeUpright: () => Promise.reject(new Error("the pictures are upright")),
      runModel: (model, input) => ai.run(model, input),
      models: ["@local/tesseract"],
      now: Date.now,
    },
  );
  times.push(Date.now() - startedAt);
  if (!label.ok) continue;
  tally.read++;
  const got = design.basis === "per_100" ? label.value.per100 : label.value.nutrients;
  const judged = Object.entries(design.expected).map(([field, value]) => {
    const actual = got[field as keyof typeof got];
    if (actual === undefined) return "missing";
    return Math.abs(actual - value) <= 0.05 + 0.003 * value ? "right" : "wrong";
  });
  const trust = byWarnings[label.value.warnings.length === 0 ? "without" : "with"];
  for (const verdict of judged) {
    tally[verdict]++;
    if (verdict !== "missing") trust[verdict]++;
  }
  if (judged.every((verdict) => verdict === "right")) tally.allRight++;
  if (label.value.warnings.length > 0) tally.warned += judged.filter((verdict) => verdict === "wrong").length;
}
await stop();
console.table(Object.fromEntries([...tallies].toSorted(([first], [second]) => first.localeCompare(second))));
console.table(byWarnings);
const median = times.toSorted((first, second) => first - second)[times.length >> 1];
console.log(`${times.length} labels, median ${median} ms each`);
