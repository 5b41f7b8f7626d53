-- What calls of models, and of the Images binding, saw of late, for the health check. A row that is missing means: nothing
-- is wrong. Times are Unix milliseconds.

CREATE TABLE model_states (
  -- The model's id, or 'images'.
  model TEXT PRIMARY KEY,
  -- 'busy', 'quota', 'misconfigured' or 'request_refused'.
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  -- A sentence for operators.
  detail TEXT NOT NULL
);
