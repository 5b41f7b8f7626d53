import { readFile } from "node:fs/promises";
import { describe, expect, expectTypeOf, it } from "vitest";
import { CLIENT_TYPES_FILE, clientTypes } from "../../../src/cli/client-types.ts";
import { typeOf } from "../../../src/cli/typescript-types.ts";
import type { NutritionRecord, RecordStatus } from "../../../src/client/types.ts";
import type { RecordResponse, StatusBody } from "../../../src/records/responses.ts";

describe("the client's types", () => {
  // The first use of the formatter takes seconds on a busy machine.
  it("are those of the OpenAPI document (`npm run client-types` after a change)", { timeout: 30_000 }, async () => {
    expect(await readFile(CLIENT_TYPES_FILE, "utf8")).toBe(await clientTypes());
  });

  it("are what the service presents", () => {
    expectTypeOf<keyof NutritionRecord>().toEqualTypeOf<keyof RecordResponse>();
    expectTypeOf<NutritionRecord>().toExtend<RecordResponse>();
    expectTypeOf<StatusBody>().toExtend<RecordStatus>();
    expectTypeOf<RecordStatus>().toExtend<StatusBody>();
  });

  it.each([
    [{ type: "integer" }, "number"],
    [{ type: ["string", "null"] }, "string | null"],
    [{ type: "array", items: { enum: ["a", "b"] } }, '("a" | "b")[]'],
    [{ anyOf: [{ $ref: "#/components/schemas/Unit" }, { type: "null" }] }, "Unit | null"],
    [{ type: "object", properties: { a: { const: 1 } } }, "{\na?: 1;\n}"],
    [{ type: "object", additionalProperties: { type: "boolean" } }, "{\n[name: string]: boolean;\n}"],
    [{ type: "string", format: "binary" }, "Blob"],
    [{}, "unknown"],
  ])("turn %j into TypeScript", (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it("are not made of a schema that has no known form", () => {
    expect(() => typeOf({ type: "tuple" })).toThrow("no TypeScript type");
  });
});
