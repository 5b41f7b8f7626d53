-- Analyses that wait for another try, and records that no sweep would look at. Times are Unix milliseconds.

-- When the analysis is tried again, and why it waits; both NULL unless it does.
ALTER TABLE records ADD COLUMN retry_at INTEGER;
ALTER TABLE records ADD COLUMN retry_reason TEXT;

-- What is open is in the index whatever its sweep time says: whoever forgets to set one strands nothing.
DROP INDEX records_to_sweep;
CREATE INDEX records_to_sweep ON records (sweep_at)
  WHERE retry_at IS NULL AND (sweep_at IS NOT NULL OR status IN ('pending', 'processing'));

-- The backlog of an outage, apart from the others: it is worked off slowly, and delays nobody else's look.
CREATE INDEX records_to_retry ON records (sweep_at) WHERE retry_at IS NOT NULL;

-- How far a walk through all records has come, by its name.
CREATE TABLE walks (
  name TEXT PRIMARY KEY,
  -- The last record's id that was looked at; '' before the first.
  last_id TEXT NOT NULL,
  -- When it goes on.
  due_at INTEGER NOT NULL
) WITHOUT ROWID;
