import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createDatabase } from "../../src/db/database.ts";
import { createFoodTable } from "../../src/db/foods.ts";
import { UNNAMED_PRODUCT } from "../../src/nutrition/labels/product-name.ts";
import { lookUp, readDictionary } from "../../src/nutrition/languages/dictionary.ts";
import { matchNames } from "../../src/nutrition/match-names.ts";

describe("the dictionary", () => {
  it("names every dish of the food table and every food that dishes consist of, but for two", async () => {
    const { results } = await env.DB.prepare(
      `SELECT name FROM dishes UNION
       SELECT common_name FROM foods JOIN dish_components USING (fdc_id) WHERE common_name IS NOT NULL`,
    ).all<{ name: string }>();
    expect(results.length).toBeGreaterThan(600);
    const unnamed = results.map(({ name }) => name).filter((name) => lookUp(name, "de") === null);
    expect(unnamed).toEqual(["Biscuit (US)", "Dragon fruit (nearest: prickly pear)"]);
  });

  it("names nothing that the food table does not know, but what a label without a name is called", async () => {
    const names = readDictionary().map((entry) => entry.names[0] ?? "");
    const table = createFoodTable(createDatabase(env.DB));
    const unknown: string[] = [];
    for (let start = 0; start < names.length; start += 50) {
      const asked = names.slice(start, start + 50);
      const matched = await matchNames(table, asked);
      unknown.push(...asked.filter((_, index) => matched[index]?.claimed === null));
    }
    expect(unknown).toEqual([UNNAMED_PRODUCT]);
  }, 30_000);
});
