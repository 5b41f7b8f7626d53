-- Applications (tenants), the records of their users, and the deliveries of their webhooks.
-- Times are Unix milliseconds. JSON columns are validated where they are written.

CREATE TABLE applications (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  webhook_url TEXT,
  webhook_events TEXT NOT NULL,
  image_retention_days INTEGER NOT NULL,
  require_timestamp INTEGER NOT NULL DEFAULT 0,
  rate_limits TEXT NOT NULL,
  hmac_keys TEXT NOT NULL,
  webhook_keys TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);

CREATE TABLE records (
  id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  version INTEGER NOT NULL,
  input_type TEXT NOT NULL,
  options TEXT NOT NULL,
  metadata TEXT,
  photo TEXT NOT NULL,
  content TEXT,
  -- What the user says the portion is; NULL: as the content has it. The content itself is never rescaled.
  serving_size REAL,
  failure_code TEXT,
  failure_reason TEXT,
  uploaded_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  consumed_at INTEGER NOT NULL,
  -- When the sweep looks at this record if nothing has moved by then; NULL when nothing is left to do.
  sweep_at INTEGER
) WITHOUT ROWID;

-- Both end in the primary key, as every index of a table without rowid does; ids sort by the time of upload.
CREATE INDEX records_by_meal ON records (application_id, user_id, consumed_at);
CREATE INDEX records_by_upload ON records (application_id, user_id);
CREATE INDEX records_to_sweep ON records (sweep_at) WHERE sweep_at IS NOT NULL;

CREATE TABLE deliveries (
  event_id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  next_attempt_at INTEGER,
  -- Copied to the record, see the triggers below.
  sweep_at INTEGER
) WITHOUT ROWID;

CREATE INDEX deliveries_by_application ON deliveries (application_id, created_at, event_id);

-- A delivery's row and its record's sweep time move in one statement: a crash can never leave a record that waits for
-- a webhook which was sent, or one that is forgotten while its webhook is still due.
CREATE TRIGGER deliveries_insert_moves_sweep AFTER INSERT ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id;
END;

CREATE TRIGGER deliveries_update_moves_sweep AFTER UPDATE ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id;
END;
