-- When an application's photos are next looked through for those that are too old or belong to no record. A row that is
-- missing means: now. Times are Unix milliseconds.

CREATE TABLE clean_ups (
  application_id INTEGER PRIMARY KEY,
  due_at INTEGER NOT NULL,
  -- The record's id of the last photo that was found to have a record; '' before the first.
  checked_until TEXT NOT NULL
);
