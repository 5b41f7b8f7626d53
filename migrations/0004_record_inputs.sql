-- Records that do not begin with a photo (typed by hand, a sentence), and the history that live listeners are told.
-- SQLite cannot drop a NOT NULL: the table is made anew. Its triggers go first, because they name it.

DROP TRIGGER deliveries_insert_moves_sweep;
DROP TRIGGER deliveries_update_moves_sweep;

CREATE TABLE records_anew (
  id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  input_type TEXT NOT NULL,
  options TEXT NOT NULL,
  metadata TEXT,
  -- NULL for a record without a photo.
  photo TEXT,
  -- The sentence of a `text` record.
  input_text TEXT,
  content TEXT,
  -- What the user says the portion is; NULL: as the content has it. The content itself is never rescaled.
  serving_size REAL,
  failure_code TEXT,
  failure_reason TEXT,
  uploaded_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  consumed_at INTEGER NOT NULL,
  -- The latest events of the record's life, oldest first: what a listener that comes back has missed.
  history TEXT NOT NULL DEFAULT '[]',
  -- When the sweep looks at this record if nothing has moved by then; NULL when nothing is left to do.
  sweep_at INTEGER
) WITHOUT ROWID;

INSERT INTO records_anew (
  id, application_id, user_id, status, version, input_type, options, metadata, photo, content, serving_size,
  failure_code, failure_reason, uploaded_at, modified_at, consumed_at, sweep_at
) SELECT
  id, application_id, user_id, status, version, input_type, options, metadata, photo, content, serving_size,
  failure_code, failure_reason, uploaded_at, modified_at, consumed_at, sweep_at
FROM records;

DROP TABLE records;
ALTER TABLE records_anew RENAME TO records;

CREATE INDEX records_by_meal ON records (application_id, user_id, consumed_at);
CREATE INDEX records_by_upload ON records (application_id, user_id);
CREATE INDEX records_to_sweep ON records (sweep_at) WHERE sweep_at IS NOT NULL;

CREATE TRIGGER deliveries_insert_moves_sweep AFTER INSERT ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id;
END;

CREATE TRIGGER deliveries_update_moves_sweep AFTER UPDATE ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id;
END;
