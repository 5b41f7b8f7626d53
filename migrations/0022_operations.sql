-- What an operator asks of records: what the models were asked and how long they took, and what has failed.

-- The latest calls of models that were made for the record, as JSON, oldest first. They are written with the outcome of
-- the analysis, in the same statement. '[]' for a record that no model was asked about, and for those from before.
ALTER TABLE records ADD COLUMN model_calls TEXT NOT NULL DEFAULT '[]';

-- Partial, so that a record which ends well costs no row in it. Both `failed` and `canceled` records have a code.
CREATE INDEX records_failed ON records (status) WHERE failure_code IS NOT NULL;
