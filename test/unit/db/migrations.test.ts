import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";

const migration = (name: string): string =>
  readFileSync(new URL(`../../../migrations/${name}`, import.meta.url), "utf8");

describe("migration 0004, on a database in use", () => {
  let db: DatabaseSync;

  beforeEach(() => {
    db = new DatabaseSync(":memory:");
    db.exec(migration("0001_records.sql"));
    db.exec(`INSERT INTO records (id, application_id, user_id, status, version, input_type, options, photo, uploaded_at,
      modified_at, consumed_at, sweep_at) VALUES ('r1', 1, 'ada', 'completed', 3, 'image', '{}', '{}', 1, 2, 3, 4)`);
    db.exec(migration("0004_record_inputs.sql"));
  });

  it("keeps every record, with an empty history", () => {
    const row = db.prepare("SELECT * FROM records").get();
    expect(row).toMatchObject({ id: "r1", user_id: "ada", version: 3, photo: "{}", sweep_at: 4, history: "[]" });
  });

  it("lets a delivery go on moving the sweep time of its record", () => {
    db.exec(`INSERT INTO deliveries (event_id, application_id, record_id, event_type, status, attempts, created_at)
      VALUES ('evt_r1_3', 1, 'r1', 'completed', 'delivered', '[]', 5)`);
    expect(db.prepare("SELECT sweep_at FROM records").get()).toMatchObject({ sweep_at: null });
  });
});

describe("migration 0007, on a database in use", () => {
  it("keeps every delivery with its attempts, and no record is swept because of it", () => {
    const db = new DatabaseSync(":memory:");
    db.exec(migration("0001_records.sql"));
    db.exec(`INSERT INTO records (id, application_id, user_id, status, version, input_type, options, photo, uploaded_at,
      modified_at, consumed_at) VALUES ('r1', 1, 'ada', 'completed', 3, 'image', '{}', '{}', 1, 2, 3)`);
    db.exec(`INSERT INTO deliveries (event_id, application_id, record_id, event_type, status, attempts, created_at, sweep_at)
      VALUES ('evt_r1_3', 1, 'r1', 'completed', 'waiting', '[{"number":1,"httpStatus":500},{"number":2}]', 5, 99)`);
    db.exec("UPDATE records SET sweep_at = 7");
    db.exec(migration("0007_webhooks.sql"));
    const delivery = db.prepare("SELECT attempts, body FROM deliveries").get();
    const added = { trigger: "schedule", request: { url: "", headers: {} } };
    expect(JSON.parse(String(delivery?.["attempts"]))).toEqual([
      { number: 1, httpStatus: 500, ...added },
      { number: 2, ...added },
    ]);
    expect(delivery?.["body"]).toBeNull();
    expect(db.prepare("SELECT sweep_at FROM records").get()).toMatchObject({ sweep_at: 7 });
    db.exec("UPDATE deliveries SET status = 'delivered', sweep_at = NULL");
    expect(db.prepare("SELECT sweep_at FROM records").get()).toMatchObject({ sweep_at: null });
  });
});

describe("migration 0012, where all of SR Legacy was imported", () => {
  it("leaves the imported foods as they are, and gives them their everyday names", () => {
    const db = new DatabaseSync(":memory:");
    for (const name of ["0001_records.sql", "0002_food_tables.sql", "0003_food_data.sql"]) db.exec(migration(name));
    db.exec(`INSERT INTO foods (fdc_id, description, food_group, source, fvl_weight, energy_kcal)
      VALUES (170182, 'Nuts, pecans, as imported', 'Nut and Seed Products', 'usda_sr_legacy', 0, 700)`);
    db.exec("INSERT INTO food_names (id, name, name_key, fdc_id) VALUES (170182, 'x', 'x', 170182)");
    db.exec(migration("0012_everyday_foods.sql"));

    const food = db.prepare("SELECT description, common_name, energy_kcal FROM foods WHERE fdc_id = 170182").get();
    expect(food).toMatchObject({
      description: "Nuts, pecans, as imported",
      common_name: "pecans",
      energy_kcal: 700,
    });
    const names = db.prepare("SELECT name FROM food_names WHERE fdc_id = 170182 ORDER BY id").all();
    expect(names.map(({ name }) => name)).toEqual(["pecans", "pecan halves", "x"]);
    expect(db.prepare("SELECT doc FROM food_words WHERE term = 'pecan'").get()).toMatchObject({ doc: 4 });
  });
});

describe("migration 0022, on a database in use", () => {
  it("keeps every record, of which no call of a model is known, and finds those that failed", () => {
    const db = new DatabaseSync(":memory:");
    db.exec(migration("0001_records.sql"));
    for (const [id, status, code] of [
      ["r1", "completed", null],
      ["r2", "failed", "timed_out"],
    ]) {
      db.prepare(
        `INSERT INTO records (id, application_id, user_id, status, version, input_type, options, photo, uploaded_at,
        modified_at, consumed_at, failure_code) VALUES (?, 1, 'ada', ?, 3, 'image', '{}', '{}', 1, 2, 3, ?)`,
      ).run(id ?? null, status ?? null, code ?? null);
    }
    db.exec(migration("0022_operations.sql"));
    expect(db.prepare("SELECT id, model_calls FROM records ORDER BY id").all()).toEqual([
      { id: "r1", model_calls: "[]" },
      { id: "r2", model_calls: "[]" },
    ]);
    const failed = db.prepare(
      "SELECT id FROM records INDEXED BY records_failed WHERE failure_code IS NOT NULL AND status = 'failed'",
    );
    expect(failed.all()).toEqual([{ id: "r2" }]);
  });
});
