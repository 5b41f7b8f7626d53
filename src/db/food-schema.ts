import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { NUTRIENT_FIELDS, type NutrientField } from "../nutrition/nutrient-table.ts";

/** One column a field, named as the field. Null means not measured. */
const nutrientColumns = Object.fromEntries(NUTRIENT_FIELDS.map((field) => [field, real(field)])) as Record<
  NutrientField,
  ReturnType<typeof real>
>;

/** Foods with their nutrients per 100 g. */
export const foods = sqliteTable("foods", {
  fdcId: integer("fdc_id").primaryKey(),
  ndbNo: text("ndb_no"),
  description: text("description").notNull(),
  commonName: text("common_name"),
  foodGroup: text("food_group").notNull(),
  source: text("source").$type<"usda_sr_legacy">().notNull(),
  fvlWeight: real("fvl_weight").notNull(),
  ...nutrientColumns,
});

/** Household measures: `amount` of `description` weighs `grams`. */
export const foodPortions = sqliteTable(
  "food_portions",
  {
    fdcId: integer("fdc_id").notNull(),
    seq: integer("seq").notNull(),
    amount: real("amount").notNull(),
    description: text("description").notNull(),
    grams: real("grams").notNull(),
  },
  (table) => [primaryKey({ columns: [table.fdcId, table.seq] })],
);

/** Dishes under their everyday names, with a usual serving. */
export const dishes = sqliteTable("dishes", {
  slug: text("slug").primaryKey(),
  name: text("name").notNull(),
  kind: text("kind").$type<"food" | "recipe">().notNull(),
  servingG: real("serving_g").notNull(),
  servingSource: text("serving_source").notNull(),
  tier: integer("tier").notNull(),
  note: text("note"),
});

/** What one serving of a dish consists of. */
export const dishComponents = sqliteTable(
  "dish_components",
  {
    dishSlug: text("dish_slug").notNull(),
    position: integer("position").notNull(),
    fdcId: integer("fdc_id").notNull(),
    grams: real("grams").notNull(),
  },
  (table) => [primaryKey({ columns: [table.dishSlug, table.position] })],
);

/** Every name of a food or dish. The full-text table `food_name_index` over it is known to SQL alone. */
export const foodNames = sqliteTable("food_names", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  nameKey: text("name_key").notNull(),
  dishSlug: text("dish_slug"),
  fdcId: integer("fdc_id"),
});

/** The words of that full-text table, each with the number of names that have it (fts5vocab). */
export const foodWords = sqliteTable("food_words", {
  word: text("term").notNull(),
  names: integer("doc").notNull(),
});
