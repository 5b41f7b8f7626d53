-- Erasures of end users and of whole applications: the work while it goes on, the receipt when it is done. Times are Unix
-- milliseconds.

CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  application_id INTEGER NOT NULL,
  -- 'user' or 'application'.
  scope TEXT NOT NULL,
  -- Who is erased; '' for a whole application, and for everybody once the erasure is done: a receipt names nobody.
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  -- Grows with every step: of two runs at the same time only one takes it.
  revision INTEGER NOT NULL,
  records INTEGER NOT NULL,
  photos INTEGER NOT NULL,
  deliveries INTEGER NOT NULL,
  -- Ids of records that are counted above and are being removed, as JSON; empty once the erasure is done.
  doomed TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  -- Until then a request that began before the erasure may still store something: it ends no earlier.
  settles_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  finished_at INTEGER
) WITHOUT ROWID;

-- One erasure at a time for each user and application: asking again finds it.
CREATE UNIQUE INDEX erasures_running ON erasures (application_id, scope, user_id) WHERE status = 'running';
CREATE INDEX erasures_due ON erasures (next_at) WHERE status = 'running';
