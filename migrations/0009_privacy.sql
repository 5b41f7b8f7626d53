-- What ends early: access tokens that a user has revoked.

-- No user is named here: `subject` is a keyed hash of the user's id (see src/auth/subject.ts), so that the end of a
-- user's tokens outlives the user. A row is of no use once every token that it ends has expired, after 24 hours.
CREATE TABLE revocations (
  application_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  -- Tokens issued at this millisecond or before are void.
  revoked_at INTEGER NOT NULL,
  PRIMARY KEY (application_id, subject)
) WITHOUT ROWID;

-- Tells an application's latest revocation from one entry: a younger token needs no look at its user's own.
CREATE INDEX revocations_by_time ON revocations (application_id, revoked_at);
