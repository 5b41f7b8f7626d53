-- What operators are told by webhook, from an outbox of its own. Times are Unix milliseconds.

CREATE TABLE operations_events (
  -- The event's id, `ops_` and a UUIDv7: ids sort by the time they were made.
  id TEXT PRIMARY KEY,
  -- What the event is about, in words of the program: a second event with the same key says nothing new, and is not kept.
  dedupe_key TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  -- What is sent, byte for byte, on every attempt.
  body TEXT NOT NULL,
  -- `waiting`, `delivered`, `exhausted`; `unsent`: nobody had asked to be told when it happened.
  status TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Attempts that were begun. Whoever begins one raises it first: a second sweep then finds another number, and sends nothing.
  attempts INTEGER NOT NULL,
  -- When the next attempt is due, or, while one is under way, when it counts as cut off. NULL once nothing is left to do.
  due_at INTEGER,
  -- The latest attempt. Without a latency it is under way, or was cut off.
  attempted_at INTEGER,
  latency_ms INTEGER,
  http_status INTEGER,
  error TEXT
) WITHOUT ROWID;

CREATE INDEX operations_events_due ON operations_events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX operations_events_by_type ON operations_events (type, id);

-- Endpoints that might have failed for half of the time until they are disabled, and more. Partial: an endpoint that is
-- well costs no row in it.
CREATE INDEX endpoint_health_failing ON endpoint_health (failing_since) WHERE failing_since IS NOT NULL;

-- Records that failed for want of models, by the time they did. Partial, so that a record which ends well costs no row.
CREATE INDEX records_unavailable ON records (modified_at) WHERE failure_code = 'analysis_unavailable';
