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
