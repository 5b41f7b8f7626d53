import { describe, expect, it } from "vitest";
import { uploadRequestSchema } from "../../../src/records/upload-options.ts";
import { fromTextFields } from "../../../src/text-fields.ts";

const parse = (fields: unknown) => uploadRequestSchema.safeParse(fields);

describe("the options of an upload", () => {
  it("have the contract's defaults", () => {
    expect(parse({}).data).toEqual({
      wait_on_process: false,
      max_duration_seconds: 30,
      analysis_mode: "precise",
      planned: false,
      include_dish_description: false,
      include_ingredients: false,
      include_nutri_score: false,
      include_nutrition_fields: [],
      ignore_cache: false,
    });
  });

  it("mean the same in a query, a form and JSON", () => {
    const json = {
      analysis_mode: "fast",
      consumed_at: "2026-11-23T10:30:04.521Z",
      user_time_offset_minutes: -300,
      country_code: "de",
      include_ingredients: true,
      include_nutrition_fields: ["energy_kcal", "iron_mg"],
      metadata: { meal: "lunch" },
      wait_on_process: true,
      max_duration_seconds: 60,
      ignore_cache: true,
    };
    const { fields: text } = fromTextFields(uploadRequestSchema, [
      ["analysis_mode", "fast"],
      ["consumed_at", "2026-11-23T10:30:04.521Z"],
      ["user_time_offset_minutes", "-300"],
      ["country_code", "de"],
      ["include_ingredients", "true"],
      ["include_nutrition_fields", "energy_kcal,iron_mg"],
      ["metadata", '{"meal":"lunch"}'],
      ["wait_on_process", "true"],
      ["max_duration_seconds", "60"],
      ["ignore_cache", "true"],
    ]);
    expect(parse(text).data).toEqual(parse(json).data);
  });

  it("ignore fields that nobody knows", () => {
    expect(parse({ color: "blue" }).success).toBe(true);
  });

  it.each([
    [{ analysis_mode: "magic" }],
    [{ user_time_offset_minutes: 841 }],
    [{ user_time_offset_minutes: 1.5 }],
    [{ country_code: "Germany" }],
    [{ include_ingredients: "true" }],
    [{ include_nutrition_fields: ["happiness_mg"] }],
    [{ consumed_at: "2026-11-23" }],
    [{ metadata: { a: 1 } }],
    [{ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key${index}`, "x"])) }],
    [{ metadata: { note: "ä".repeat(2100) } }],
  ])("are refused as %j", (fields) => {
    expect(parse(fields).success).toBe(false);
  });

  it.each([[["include_ingredients", "yes"]], [["user_time_offset_minutes", "ten"]], [["metadata", "{broken"]]] as [
    [string, string],
  ][])("are refused as text %j", (field) => {
    expect(parse(fromTextFields(uploadRequestSchema, [field]).fields).success).toBe(false);
  });
});
