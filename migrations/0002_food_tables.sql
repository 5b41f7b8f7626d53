-- Foods, their household measures, the dishes made of them, and the names under which all of them are found.

CREATE TABLE foods (
  fdc_id INTEGER PRIMARY KEY,
  -- The number by which USDA's older tables and the literature know the food.
  ndb_no TEXT,
  description TEXT NOT NULL,
  -- What people call it, for foods that appear as an ingredient of a dish.
  common_name TEXT,
  food_group TEXT NOT NULL,
  source TEXT NOT NULL,
  -- Share that counts as fruit, vegetables or pulses in Nutri-Score; 2 for dried and concentrated ones.
  fvl_weight REAL NOT NULL,
  -- Per 100 g. NULL means not measured, never 0.
  energy_kcal REAL,
  carbohydrate_g REAL,
  protein_g REAL,
  fat_total_g REAL,
  fat_saturated_g REAL,
  fat_polyunsaturated_g REAL,
  fat_monounsaturated_g REAL,
  fat_trans_g REAL,
  sugars_total_g REAL,
  fiber_total_dietary_g REAL,
  cholesterol_mg REAL,
  sodium_mg REAL,
  potassium_mg REAL,
  calcium_mg REAL,
  iron_mg REAL,
  magnesium_mg REAL,
  phosphorus_mg REAL,
  zinc_mg REAL,
  vitamin_a_rae_mcg REAL,
  vitamin_c_mg REAL,
  vitamin_d_mcg REAL,
  vitamin_e_mg REAL,
  vitamin_k_mcg REAL,
  thiamin_mg REAL,
  riboflavin_mg REAL,
  niacin_mg REAL,
  vitamin_b6_mg REAL,
  folate_mcg REAL,
  vitamin_b12_mcg REAL
);

-- `amount` of `description` ("1 cup, sliced") weighs `grams`.
CREATE TABLE food_portions (
  fdc_id INTEGER NOT NULL REFERENCES foods (fdc_id),
  seq INTEGER NOT NULL,
  amount REAL NOT NULL,
  description TEXT NOT NULL,
  grams REAL NOT NULL,
  PRIMARY KEY (fdc_id, seq)
) WITHOUT ROWID;

-- A dish of kind 'food' is one food under an everyday name; a 'recipe' is computed from its components.
CREATE TABLE dishes (
  slug TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('food', 'recipe')),
  serving_g REAL NOT NULL,
  serving_source TEXT NOT NULL,
  -- 1: often on photos; 2: the rest.
  tier INTEGER NOT NULL,
  -- What to know about the values, for example that the nearest food of the table stands in.
  note TEXT
) WITHOUT ROWID;

-- What one serving of a dish consists of.
CREATE TABLE dish_components (
  dish_slug TEXT NOT NULL REFERENCES dishes (slug),
  position INTEGER NOT NULL,
  fdc_id INTEGER NOT NULL REFERENCES foods (fdc_id),
  grams REAL NOT NULL,
  PRIMARY KEY (dish_slug, position)
) WITHOUT ROWID;

-- Every name and synonym. A name leads to a recipe (`dish_slug` alone), to a dish that is one food (both), or to a food
-- (`fdc_id` alone). `name_key` is made by nameKey() in src/nutrition/normalise-name.ts.
CREATE TABLE food_names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  dish_slug TEXT REFERENCES dishes (slug),
  fdc_id INTEGER REFERENCES foods (fdc_id)
);

CREATE INDEX food_names_by_key ON food_names (name_key);

-- Full-text search over the keys. They are already folded and singular, so the tokenizer only splits at spaces. The
-- index holds no text of its own; whoever changes food_names rebuilds it:
-- INSERT INTO food_name_index (food_name_index) VALUES ('rebuild');
CREATE VIRTUAL TABLE food_name_index USING fts5 (
  name_key,
  content = 'food_names',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 0'
);
