import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { readApiDocument } from "../../../src/cli/api-document.ts";

const document = await readApiDocument("https://morsel.example.org");

/** Redocly's strictest own rules, examples against their schemas included. */
const config = await createConfig({
  extends: ["recommended-strict"],
  rules: {
    // Health and the document itself can be asked for by everybody, with nothing that could be wrong.
    "operation-4xx-response": "off",
    "operation-description": "off",
    "no-invalid-schema-examples": "error",
    "no-invalid-media-type-examples": "error",
    "tag-description": "error",
    "operation-operationId": "error",
    "no-unused-components": "error",
  },
});

const lint = async (checked: object): Promise<string[]> => {
  const found = await lintFromString({ source: JSON.stringify(checked), absoluteRef: "openapi.json", config });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer ?? ""})`);
};

describe("the OpenAPI document", () => {
  it("has nothing that Redocly's strict rules complain about", async () => {
    expect(await lint(document)).toEqual([]);
  });

  it("would be found out with an example that does not fit, and with a reference to nothing", async () => {
    const text = JSON.stringify(document);
    const spoilt = text.replaceAll('"serving_size":118', '"serving_size":"a lot"');
    expect((await lint(JSON.parse(spoilt) as object)).join()).toContain("no-invalid-media-type-examples");
    const dangling = text.replaceAll("#/components/schemas/FoodSource", "#/components/schemas/Nowhere");
    expect((await lint(JSON.parse(dangling) as object)).join()).toContain("no-unresolved-refs");
  });
});
