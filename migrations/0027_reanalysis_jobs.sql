-- Jobs that have an application's failed records analyzed again. Times are Unix milliseconds.

CREATE TABLE reanalysis_jobs (
  id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  -- The records are those that were uploaded from then on …
  since INTEGER NOT NULL,
  -- … up to this one, by its id; '' when there were none.
  last_id TEXT NOT NULL,
  -- How many there were when the job was made.
  total INTEGER NOT NULL,
  requeued INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  -- The last record that was looked at, by its id; '' before the first.
  cursor TEXT NOT NULL,
  -- When the next step is due. Whoever takes a step moves it first, so that nobody takes the same one.
  due_at INTEGER NOT NULL,
  -- NULL while it runs.
  finished_at INTEGER
) WITHOUT ROWID;

CREATE UNIQUE INDEX reanalysis_jobs_running ON reanalysis_jobs (application_id) WHERE finished_at IS NULL;

-- Ends in the primary key, as every index of a table without rowid does: an application's records in the order of their
-- uploads. A record costs a row in it only while it is one that may be analyzed again.
CREATE INDEX records_to_reanalyze ON records (application_id) WHERE failure_code = 'analysis_unavailable';
