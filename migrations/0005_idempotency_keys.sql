-- The Idempotency-Key of every POST that created a record, for 24 hours: who sends it again gets the first answer.
-- A key's row and its record's row are inserted in one transaction, so that a key always leads to a record, and of two
-- requests with one key that run at the same time only one creates its record.

CREATE TABLE idempotency_keys (
  application_id INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id TEXT NOT NULL,
  -- SHA-256 of what was asked for: another request with the same key is refused.
  fingerprint TEXT NOT NULL,
  -- Status, Location and body of the first answer, as JSON; NULL until it is known.
  answer TEXT,
  -- Until then the request that created the record answers it; later another one with the same key may.
  held_until INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (application_id, user_id, key)
) WITHOUT ROWID;

CREATE INDEX idempotency_keys_by_record ON idempotency_keys (record_id);
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);
