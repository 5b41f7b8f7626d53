-- What each user stores, so that none can fill the database.

-- How many bytes a record counts for: its photo's until that is deleted, or those of the meal that was typed.
ALTER TABLE records ADD COLUMN stored_bytes INTEGER NOT NULL DEFAULT 0;

-- An application's own limits, JSON; a name that is omitted has its default.
ALTER TABLE applications ADD COLUMN storage_limits TEXT NOT NULL DEFAULT '{}';

-- Counted up in the transaction that inserts a record, which fails where the limits are exceeded; the limits are those of
-- that moment. Counted down by triggers, whoever deletes.
CREATE TABLE user_storage (
  application_id INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  records INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  max_records INTEGER NOT NULL,
  max_bytes INTEGER NOT NULL,
  PRIMARY KEY (application_id, user_id),
  CONSTRAINT user_quota CHECK (records <= max_records AND bytes <= max_bytes)
) WITHOUT ROWID;

UPDATE records SET stored_bytes = COALESCE(json_extract(photo, '$.bytes'), 0) WHERE photo IS NOT NULL;
INSERT INTO user_storage
  SELECT application_id, user_id, COUNT(*), SUM(stored_bytes), 9007199254740991, 9007199254740991
  FROM records GROUP BY application_id, user_id;

-- A limit that was lowered in the meantime must not keep anybody from deleting.
CREATE TRIGGER records_delete_frees_storage AFTER DELETE ON records BEGIN
  UPDATE user_storage
    SET records = records - 1, bytes = bytes - OLD.stored_bytes,
      max_records = 9007199254740991, max_bytes = 9007199254740991
    WHERE application_id = OLD.application_id AND user_id = OLD.user_id;
  DELETE FROM user_storage WHERE application_id = OLD.application_id AND user_id = OLD.user_id AND records <= 0;
END;
CREATE TRIGGER records_photo_frees_storage AFTER UPDATE OF stored_bytes ON records BEGIN
  UPDATE user_storage
    SET bytes = bytes - OLD.stored_bytes + NEW.stored_bytes,
      max_records = 9007199254740991, max_bytes = 9007199254740991
    WHERE application_id = NEW.application_id AND user_id = NEW.user_id;
END;
