import { describe, expect, it } from "vitest";
import { embeddedDetector } from "../../../src/analysis/recognizers/embedded-detector.ts";
import type { Recognition } from "../../../src/analysis/recognizers/recognizer.ts";

const QUARTER = { x: 0, y: 0, width: 0.5, height: 0.5 };
const TOP_RIGHT = { ...QUARTER, x: 0.5 };
const BOTTOM = { ...QUARTER, y: 0.5 };

const seen = (label: string, score: number, box = QUARTER) => ({ label, score, box });

type Seen = ReturnType<typeof seen>;

const answerOf = (stretch: Seen[], padded: Seen[]) => ({
  model: "centernet-mobilenetv3-coco",
  photo: { width: 800, height: 600 },
  views: [
    { view: "stretch", detections: stretch },
    { view: "padded", detections: padded },
  ],
  timings_ms: { decode: 5, detect: 400 },
});

function read(stretch: Seen[], padded: Seen[]): Recognition {
  const recognition = embeddedDetector.readOutput(answerOf(stretch, padded));
  if (!recognition.ok) throw new Error(recognition.error.detail);
  return recognition.value;
}

it("sends the photo's bytes, and how it lies", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const photo = { bytes, format: "jpeg", width: 3, height: 4, orientation: 6 } as const;

  expect(embeddedDetector.buildInput(photo, { countryCode: null, userHint: null })).toEqual({
    image: bytes,
    orientation: 6,
  });
});

describe("a name", () => {
  it.each([
    { stretch: 0.3, padded: 0.3, named: true },
    { stretch: 0.6, padded: 0, named: true },
    { stretch: 0, padded: 0.6, named: true },
    { stretch: 0.59, padded: 0, named: false },
    { stretch: 0.3, padded: 0.29, named: false },
  ])("needs a mean of 0.30 over both views: $stretch and $padded", ({ stretch, padded, named }) => {
    expect(read([seen("orange", stretch)], [seen("orange", padded)]).foods).toHaveLength(named ? 1 : 0);
  });

  it("carries the mean of the best scores as confidence", () => {
    const [food] = read([seen("orange", 0.75), seen("orange", 0.25)], [seen("orange", 0.5)]).foods;

    expect(food).toMatchObject({ name: "orange", confidence: 0.625 });
  });

  it("is given to each food separately, the surest first", () => {
    const view = [seen("cake", 0.5), seen("orange", 0.9, TOP_RIGHT), seen("hot dog", 0.7, BOTTOM)];

    expect(read(view, view).foods.map(({ name }) => name)).toEqual(["orange", "hot dog", "cake"]);
  });

  it("is given to a piece once: the surer one keeps it, the other is not there at all", () => {
    const shifted = { ...QUARTER, x: 0.05 };
    const view = [seen("orange", 0.5), seen("apple", 0.4, shifted), seen("apple", 0.35, TOP_RIGHT)];
    expect(read(view, view).foods).toMatchObject([
      { name: "orange", boxes: [QUARTER] },
      { name: "apple", boxes: [TOP_RIGHT] },
    ]);
    expect(read(view.slice(0, 2), view.slice(0, 2)).foods.map(({ name }) => name)).toEqual(["orange"]);
  });

  it("is never given to a thing that is no food", () => {
    expect(read([seen("dog", 0.9)], [seen("dog", 0.9)]).foods).toEqual([]);
  });

  it("is never given to a crumb of less than one percent of the photo", () => {
    const crumb = { x: 0, y: 0, width: 0.1, height: 0.09 };

    expect(read([seen("donut", 0.9, crumb)], [seen("donut", 0.9, crumb)]).foods).toEqual([]);
  });
});

describe("the count", () => {
  const left = { x: 0, y: 0, width: 0.3, height: 0.3 };
  const right = { x: 0.6, y: 0, width: 0.3, height: 0.3 };
  const below = { x: 0, y: 0.6, width: 0.3, height: 0.3 };

  it("is the number of pieces that score 0.20 in the better view", () => {
    const stretch = [seen("banana", 0.9, left), seen("banana", 0.2, right), seen("banana", 0.19, below)];
    const padded = [seen("banana", 0.5, below), seen("banana", 0.5, left), seen("banana", 0.5, right)];

    expect(read(stretch, padded).foods[0]?.boxes).toEqual([left, right]);
    expect(read(padded, stretch).foods[0]?.boxes).toEqual([left, right]);
  });

  it("leaves out crumbs", () => {
    const crumb = { x: 0.9, y: 0.9, width: 0.05, height: 0.05 };

    expect(read([seen("banana", 0.9), seen("banana", 0.9, crumb)], []).foods[0]?.boxes).toEqual([QUARTER]);
  });

  it("multiplies a typical piece and its range", () => {
    const view = [seen("banana", 0.9, left), seen("banana", 0.8, right)];

    expect(read(view, view).foods[0]).toMatchObject({ grams: 236, sizeRange: [162, 304] });
  });

  it("takes a pizza for one slice, but up to a whole one", () => {
    const [pizza] = read([seen("pizza", 0.9)], [seen("pizza", 0.9)]).foods;

    expect(pizza).toMatchObject({ grams: 107, sizeRange: [96, 1016] });
  });
});

describe("food is present", () => {
  it.each([
    { why: "a named food", stretch: [seen("cake", 0.6)], padded: [], present: true },
    { why: "a hint of a food in the stretched view", stretch: [seen("cake", 0.25)], padded: [], present: true },
    { why: "a hint of a food in the padded view", stretch: [], padded: [seen("cake", 0.25)], present: true },
    { why: "a table", stretch: [seen("dining table", 0.3)], padded: [], present: true },
    { why: "a bowl", stretch: [seen("bowl", 0.3)], padded: [], present: true },
    { why: "nothing", stretch: [], padded: [], present: false },
    { why: "a weaker hint", stretch: [seen("cake", 0.24)], padded: [seen("cake", 0.24)], present: false },
    { why: "a weaker bowl", stretch: [seen("bowl", 0.29)], padded: [], present: false },
    { why: "a bowl in the padded view alone", stretch: [], padded: [seen("bowl", 0.9)], present: false },
    { why: "a dog", stretch: [seen("dog", 0.9)], padded: [seen("dog", 0.9)], present: false },
  ])("$present for $why", ({ stretch, padded, present }) => {
    expect(read(stretch, padded).foodPresent).toBe(present);
  });
});

describe("the warnings", () => {
  const warn = (...view: Seen[]) => read(view, view).warnings;

  it("ask to confirm a suggestion of a detector that knows ten foods", () => {
    expect(warn(seen("cake", 0.9))[0]).toMatch(
      /suggestion: please confirm it\. It recognizes only ten foods \(banana, apple, .*cake\)/,
    );
  });

  it("say what the detector knows where it has named nothing", () => {
    for (const warnings of [warn(), warn(seen("bowl", 0.9))]) {
      expect(warnings).toEqual([
        expect.stringMatching(/^The embedded detector recognizes only ten foods \(banana, .*cake\)\.$/),
      ]);
    }
  });

  it("tell likely from possible at 0.45", () => {
    const warnings = warn(seen("orange", 0.9), seen("cake", 0.45, TOP_RIGHT), seen("apple", 0.44, BOTTOM));

    expect(warnings).toContain("Likely: orange and cake.");
    expect(warnings).toContain("Possible, but not likely: apple.");
  });

  it.each([
    { label: "orange", error: "give or take about 30 %" },
    { label: "hot dog", error: "give or take about 30 %" },
    { label: "sandwich", error: "half or double" },
    { label: "broccoli", error: "half or double" },
    { label: "cake", error: "half or double" },
    { label: "pizza", error: "until you enter the number of slices" },
  ])("say how far the weight of $label may be off", ({ label, error }) => {
    const portion = warn(seen(label, 0.9)).filter((warning) => warning.startsWith(`Weight of ${label}:`));

    expect(portion).toEqual([expect.stringContaining(error)]);
  });
});

describe("an answer that cannot be trusted", () => {
  const good = answerOf([seen("orange", 0.9)], []);
  const withDetection = (change: object) => answerOf([{ ...seen("orange", 0.9), ...change }], []);
  const [stretch, padded] = good.views;

  it.each<{ what: string; answer: unknown }>([
    { what: "nothing", answer: undefined },
    { what: "text", answer: "orange" },
    { what: "another model's answer", answer: { ...good, model: "resnet-50" } },
    { what: "no views", answer: { ...good, views: [] } },
    { what: "one view", answer: { ...good, views: [stretch] } },
    { what: "one view twice", answer: { ...good, views: [stretch, stretch] } },
    { what: "a third view", answer: { ...good, views: [stretch, padded, padded] } },
    { what: "more detections than the network has", answer: answerOf(Array(101).fill(seen("orange", 0.9)), []) },
    { what: "a score over 1", answer: withDetection({ score: 1.01 }) },
    { what: "a negative score", answer: withDetection({ score: -0.1 }) },
    { what: "a score that is no number", answer: withDetection({ score: Number.NaN }) },
    { what: "a score as text", answer: withDetection({ score: "0.9" }) },
    { what: "a label that is no text", answer: withDetection({ label: 49 }) },
    { what: "no box", answer: withDetection({ box: null }) },
    { what: "a box of negative size", answer: withDetection({ box: { ...QUARTER, width: -0.5 } }) },
    { what: "a box out of the photo", answer: withDetection({ box: { ...QUARTER, x: 0.6 } }) },
    { what: "a box without end", answer: withDetection({ box: { ...QUARTER, height: Number.POSITIVE_INFINITY } }) },
  ])("is refused: $what", ({ answer }) => {
    expect(embeddedDetector.readOutput(answer)).toMatchObject({ ok: false, error: { reason: "bad_answer" } });
  });

  it("is described in one short line", () => {
    const answer = answerOf(Array(100).fill(seen("orange", 2)), []);
    const recognition = embeddedDetector.readOutput(answer);

    expect(recognition.ok ? "" : recognition.error.detail).toMatch(/^views\.0\.detections\.0\.score: .{1,80}$/);
  });

  it("is not one whose edges miss 1 by a rounding error", () => {
    expect(read([seen("orange", 0.9, { x: 0.7, y: 0, width: 0.3000000000000001, height: 1 })], []).foods).toHaveLength(
      1,
    );
  });
});
