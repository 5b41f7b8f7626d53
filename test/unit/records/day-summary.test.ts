import { describe, expect, it } from "vitest";
import { dayBounds, dayOf, summarise, type DayRecord } from "../../../src/records/day-summary.ts";

const meal = (nutrients: DayRecord["nutrients"], change: Partial<DayRecord> = {}): DayRecord => ({
  status: "completed",
  contentServingSize: 100,
  nutrients,
  servingSize: null,
  ...change,
});

describe("a day", () => {
  it.each<[number, string, string]>([
    [0, "2026-11-23T00:00:00.000Z", "2026-11-24T00:00:00.000Z"],
    [60, "2026-11-22T23:00:00.000Z", "2026-11-23T23:00:00.000Z"],
    [-300, "2026-11-23T05:00:00.000Z", "2026-11-24T05:00:00.000Z"],
    [840, "2026-11-22T10:00:00.000Z", "2026-11-23T10:00:00.000Z"],
  ])("by a clock that is %i minutes ahead begins at %s", (offset, from, to) => {
    const bounds = dayBounds("2026-11-23", offset);
    expect([bounds.from, bounds.to].map((ms) => new Date(ms).toISOString())).toEqual([from, to]);
    expect([bounds.from, bounds.to - 1].map((ms) => dayOf(ms, offset))).toEqual(["2026-11-23", "2026-11-23"]);
    expect([bounds.from - 1, bounds.to].map((ms) => dayOf(ms, offset))).toEqual(["2026-11-22", "2026-11-24"]);
  });
});

describe("a day's totals", () => {
  it("are the sum of the complete records, each at the portion that the user has set", () => {
    const { nutrients, counted } = summarise([
      meal({ energy_kcal: 100.4, protein_g: 1 }),
      meal({ energy_kcal: 200.4, protein_g: 2 }, { status: "updated", servingSize: 50 }),
    ]);
    expect(nutrients).toEqual({ energy_kcal: expect.closeTo(200.6), protein_g: 2 });
    expect(counted).toBe(2);
  });

  it("leave out what a record does not know, and say that the sum is not complete", () => {
    const { nutrients, incompleteFields } = summarise([
      meal({ energy_kcal: 100, iron_mg: 0 }),
      meal({ energy_kcal: 50 }),
    ]);
    expect(nutrients).toEqual({ energy_kcal: 150, iron_mg: 0 });
    expect(incompleteFields).toEqual(["iron_mg"]);
  });

  it("count the records of each status, and only complete ones add up", () => {
    const open = { contentServingSize: null, nutrients: null };
    const { statuses, nutrients, counted, incompleteFields } = summarise([
      meal({ energy_kcal: 100 }),
      meal(null, { ...open, status: "processing" }),
      meal(null, { ...open, status: "failed" }),
      meal(null, { ...open, status: "failed" }),
    ]);
    expect(statuses).toEqual({ pending: 0, processing: 1, completed: 1, failed: 2, updated: 0, canceled: 0 });
    expect({ nutrients, counted, incompleteFields }).toEqual({
      nutrients: { energy_kcal: 100 },
      counted: 1,
      incompleteFields: [],
    });
  });

  it("of a day without meals are empty, not zero", () => {
    expect(summarise([])).toMatchObject({ nutrients: {}, counted: 0, incompleteFields: [] });
  });
});
