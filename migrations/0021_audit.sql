-- The audit log of administrative acts, and the console's sessions that were ended before their time. Times are Unix
-- milliseconds.

CREATE TABLE audit_log (
  -- UUID version 7: ordered by time.
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  -- 'admin token', or whom Cloudflare Access let through.
  actor TEXT NOT NULL,
  -- Such as 'key.rotate'; see src/administration/audit.ts.
  act TEXT NOT NULL,
  -- NULL for acts that concern no application.
  application_id INTEGER,
  -- What it was done to, by its id; NULL when that is the application itself.
  target TEXT,
  -- JSON. Never a key, a token, a URL's path, or the name of an end user.
  detail TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX audit_log_of_application ON audit_log (application_id, id);

-- Sessions that were signed out. A row lives until the session would have ended by itself.
CREATE TABLE ended_sessions (
  id TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
