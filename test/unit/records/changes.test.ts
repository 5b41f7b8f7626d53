import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayBounds, dayOf, summarise, type DayRecord } from "../../../src/records/day-summary.ts";
import { eventsOf, isAnalysisUnderWay, withEvent } from "../../../src/records/history.ts";
import { atPortion, portionFactor } from "../../../src/records/changes/portion.ts";
import { analysableInput, withoutResult } from "../../../src/records/changes/reanalysis.ts";
import { applyChange } from "../../../src/records/changes/record-change.ts";
import { STATUSES, type RecordContent, type Stage } from "../../../src/records/record.ts";
import { holds } from "../../support/properties.ts";
import { completedOutcome, pendingRecord } from "../../support/records.ts";

const { content } = completedOutcome();
const analysis = content.analysis;
if (analysis === null) throw new Error("the sample was analyzed");
const complete = () => pendingRecord({ status: "completed", version: 3, content });
const size = fc.double({ min: 0.1, max: 5_000, noNaN: true });

describe("a record at the portion that its user has set", () => {
  it("is shown as it was found when none is set", () => {
    expect(atPortion(content, null)).toEqual(content);
    expect(portionFactor(content, null)).toBe(1);
  });

  it("has everything in proportion: totals, ingredients and the range of its energy", () => {
    const half = atPortion(content, 91);
    expect(half).toMatchObject({
      servingSize: 91,
      nutrients: { energy_kcal: 47.32, protein_g: 0.2366 },
      ingredients: [{ servingSize: 91, nutrients: { energy_kcal: 47.32 }, name: "Apple" }],
      analysis: { energyKcalRange: [39, 57], confidence: 0.9 },
    });
  });

  it("stays without a range, without an analysis and without nutrients where it has none", () => {
    const [apple] = content.ingredients;
    if (apple === undefined) throw new Error("the sample has an ingredient");
    const bare: RecordContent = {
      ...content,
      analysis: { ...analysis, energyKcalRange: null },
      ingredients: [{ ...apple, nutrients: null }],
    };
    const half = atPortion(bare, 91);
    expect(half.analysis?.energyKcalRange).toBeNull();
    expect(half.ingredients[0]).toMatchObject({ servingSize: 91, nutrients: null });
    expect(atPortion({ ...bare, analysis: null }, 91).analysis).toBeNull();
  });

  holds(
    "is the sum of its parts at any size, and what it was at its own",
    fc.property(size, size, (one, other) => {
      const shown = atPortion({ ...content, servingSize: one }, other);
      const factor = other / one;
      expect(shown.servingSize).toBe(other);
      expect(shown.nutrients.energy_kcal).toBeCloseTo(94.64 * factor, 6);
      expect(shown.ingredients[0]?.nutrients?.energy_kcal).toBeCloseTo(94.64 * factor, 6);
      expect(atPortion({ ...content, servingSize: one }, one).nutrients).toEqual(content.nutrients);
    }),
  );
});

describe("a user's change", () => {
  it("of the portion changes what it names, and nothing else", () => {
    expect(applyChange(complete(), { kind: "portion", servingSize: 91 })).toEqual({
      ok: true,
      value: { servingSize: 91 },
    });
    expect(applyChange(complete(), { kind: "portion", consumedAt: 5 })).toEqual({ ok: true, value: { consumedAt: 5 } });
  });

  it("of the content makes it a typed one, remembers what it was made of, and shows all of it", () => {
    const typed = { ...content, dishName: "pear" };
    const changed = applyChange(complete(), { kind: "content", content: typed });
    expect(changed).toMatchObject({
      ok: true,
      value: {
        content: { dishName: "pear", typedOver: "image" },
        servingSize: null,
        inputType: "manual",
        options: { include_ingredients: true, analysis_mode: "precise" },
      },
    });
    if (!changed.ok) return;
    expect("consumedAt" in changed.value || "metadata" in changed.value).toBe(false);
    const again = { ...complete(), ...changed.value };
    expect(applyChange(again, { kind: "content", content: typed })).toMatchObject({
      value: { content: { typedOver: "image" } },
    });
  });

  it("of the content takes its time and its metadata along", () => {
    const change = { kind: "content", content, consumedAt: 7, metadata: { a: "b" } } as const;
    expect(applyChange(complete(), change)).toMatchObject({ value: { consumedAt: 7, metadata: { a: "b" } } });
    expect(applyChange({ ...complete(), content: null }, change)).toMatchObject({
      value: { content: { typedOver: "image" } },
    });
  });

  it("of an ingredient is that ingredient's alone", () => {
    const change = { kind: "ingredient", index: 0, edit: { servingSize: 91 } } as const;
    expect(applyChange(complete(), change)).toMatchObject({
      value: { content: { servingSize: 91, ingredients: [{ setServingSize: 91 }] } },
    });
    expect(applyChange(complete(), { ...change, index: 5 })).toEqual({ ok: false, error: "unknown_ingredient" });
  });
});

describe("what a record would be analyzed by", () => {
  const photo = complete().photo;

  it.each([
    ["its photo", { inputType: "image", photo }, "image"],
    ["its label", { inputType: "label", photo }, "label"],
    ["nothing, once its photo is gone", { inputType: "image", photo: null }, null],
    ["its words", { inputType: "text", inputText: "an egg", photo: null }, "text"],
    ["nothing, once its words are gone", { inputType: "text", inputText: null, photo }, null],
    ["nothing, if it was typed", { inputType: "manual", photo, inputText: "an egg" }, null],
    [
      "its photo, if it was typed over",
      { inputType: "manual", photo, content: { ...content, typedOver: "image" } },
      "image",
    ],
    [
      "its words, if those were",
      { inputType: "manual", inputText: "x", content: { ...content, typedOver: "text" } },
      "text",
    ],
  ] as const)("is %s", (_, change, input) => {
    expect(analysableInput({ ...complete(), ...change })).toBe(input);
  });

  it("and without a result tells the latest reason among its warnings, and keeps the others", () => {
    const failure = (reason: string) => ({ code: "no_food_found", reason }) as const;
    const warned: RecordContent = { ...content, analysis: { ...analysis, warnings: ["blurred"] } };
    const once = withoutResult(warned, failure("Nothing was seen."));
    const twice = withoutResult(once, failure("Nobody answered."));
    expect(once?.analysis?.warnings).toEqual(["blurred", "A re-analysis gave no result: Nothing was seen."]);
    expect(twice?.analysis?.warnings).toEqual(["blurred", "A re-analysis gave no result: Nobody answered."]);
    expect(withoutResult(null, failure("x"))).toBeNull();
    const typed: RecordContent = { ...content, analysis: null };
    expect(withoutResult(typed, failure("x"))).toBe(typed);
  });
});

describe("the history of a record", () => {
  holds(
    "is bounded, counts on, and never goes back before it is done, whatever happens",
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom<Stage>("queued", "reading", "recognising", "computing", "done"),
          fc.constantFrom(...STATUSES),
          fc.nat({ max: 1_000 }),
        ),
        { maxLength: 120 },
      ),
      (events) => {
        let record = pendingRecord();
        for (const [stage, status, at] of events) record = withEvent({ ...record, status }, stage, at);
        const { history } = record;
        expect(history.length).toBeLessThanOrEqual(50);
        for (const [index, event] of history.entries()) {
          const before = history[index - 1];
          if (before === undefined) continue;
          expect(event.n).toBe(before.n + 1);
          if (before.stage !== "done") expect(event.percent).toBeGreaterThanOrEqual(before.percent);
        }
        expect(eventsOf(record).length).toBeGreaterThan(0);
        expect(typeof isAnalysisUnderWay(record)).toBe("boolean");
      },
    ),
  );
});

describe("a day", () => {
  const offset = fc.integer({ min: -840, max: 840 });
  const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
  const record: fc.Arbitrary<DayRecord> = fc.record({
    status: fc.constantFrom(...STATUSES),
    contentServingSize: fc.option(size),
    nutrients: fc.option(
      fc.record(
        { energy_kcal: fc.nat({ max: 3_000 }), iron_mg: fc.nat({ max: 50 }) },
        { requiredKeys: ["energy_kcal"] },
      ),
    ),
    servingSize: fc.option(size),
  });

  holds(
    "holds every moment that its clock shows as that date, and no other",
    fc.property(time, offset, (now, minutes) => {
      const { from, to } = dayBounds(dayOf(now, minutes), minutes);
      expect(from <= now && now < to).toBe(true);
      expect(to - from).toBe(86_400_000);
    }),
  );

  holds(
    "adds up to the sum of its records, in whatever order, and counts each of them once",
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      const day = summarise(records);
      expect(Object.values(day.statuses).reduce((sum, count) => sum + count, 0)).toBe(records.length);
      const parts = records.map((one) => summarise([one]));
      expect(day.counted).toBe(parts.reduce((sum, part) => sum + part.counted, 0));
      for (const field of ["energy_kcal", "iron_mg"] as const) {
        const sum = parts.reduce((total, part) => total + (part.nutrients[field] ?? 0), 0);
        expect(day.nutrients[field] ?? 0).toBeCloseTo(sum, 4);
        expect(summarise(records.toReversed()).nutrients[field] ?? 0).toBeCloseTo(sum, 4);
      }
      expect(day.incompleteFields.every((field) => field === "iron_mg")).toBe(true);
    }),
  );

  it("has no meal of a record that is complete and knows neither its size nor its nutrients", () => {
    const open: DayRecord = {
      status: "completed",
      contentServingSize: 100,
      nutrients: { energy_kcal: 1 },
      servingSize: null,
    };
    expect(summarise([{ ...open, nutrients: null }]).counted).toBe(0);
    expect(summarise([{ ...open, contentServingSize: null }]).counted).toBe(0);
    for (const status of STATUSES) {
      expect(summarise([{ ...open, status }]).counted).toBe(status === "completed" || status === "updated" ? 1 : 0);
    }
  });
});
