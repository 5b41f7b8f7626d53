-- The webhook engine: bodies that can be sent again, the health of each application's endpoint, and the jobs that send
-- again what was not delivered. Times are Unix milliseconds.

-- What was sent, byte for byte: the object that held it is empty once the event has ended. NULL for an event from before
-- this migration, which can be read but not sent again.
ALTER TABLE deliveries ADD COLUMN body TEXT;

-- Attempts now say why they were made and what they sent. The trigger is out of the way meanwhile: nothing of this is a
-- reason to sweep.
DROP TRIGGER deliveries_update_moves_sweep;
UPDATE deliveries SET attempts = (
  SELECT json_group_array(json_set(value, '$.trigger', 'schedule', '$.request', json('{"url":"","headers":{}}')))
  FROM json_each(deliveries.attempts)
);
CREATE TRIGGER deliveries_update_moves_sweep AFTER UPDATE ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id;
END;

-- Both are partial, so that an event which is delivered at once costs no row in either.
CREATE INDEX deliveries_undelivered ON deliveries (application_id, created_at, event_id) WHERE status <> 'delivered';
CREATE INDEX deliveries_held ON deliveries (application_id, next_attempt_at, event_id) WHERE status = 'held';

-- One row for each application whose endpoint has ever failed; a row that is missing means that all is well.
CREATE TABLE endpoint_health (
  application_id INTEGER PRIMARY KEY,
  -- Grows with every change: who has read an older version writes nothing.
  version INTEGER NOT NULL,
  -- Attempts that have failed one after the other, and since when.
  failures INTEGER NOT NULL,
  failing_since INTEGER,
  -- The circuit is open: nothing is sent before this time, and then one attempt. NULL while it is closed.
  probe_at INTEGER,
  disabled_at INTEGER,
  -- Why, as a sentence; that of the last failure while it is failing.
  reason TEXT,
  -- 1 while events that were held are to be woken.
  releasing INTEGER NOT NULL
);

CREATE INDEX endpoint_health_to_probe ON endpoint_health (probe_at) WHERE probe_at IS NOT NULL;
CREATE INDEX endpoint_health_to_release ON endpoint_health (application_id) WHERE releasing = 1;

-- A job that sends an application's undelivered events again. It walks through them by the time they were made.
CREATE TABLE recoveries (
  id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  since INTEGER NOT NULL,
  -- When the job was made: later events are not its own.
  until INTEGER NOT NULL,
  total INTEGER NOT NULL,
  requeued INTEGER NOT NULL,
  -- The last event that was looked at: its time and id.
  cursor_at INTEGER NOT NULL,
  cursor_id TEXT NOT NULL,
  -- NULL while it runs.
  finished_at INTEGER
) WITHOUT ROWID;

CREATE UNIQUE INDEX recoveries_running ON recoveries (application_id) WHERE finished_at IS NULL;
