-- A write that reaches the database late, after its object or isolate has moved on, must change nothing any more.

-- Grows with every change of a delivery: an older state never replaces a newer one.
ALTER TABLE deliveries ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- The version of the record that the delivery's sweep time was computed with: the row of a later version knows better.
ALTER TABLE deliveries ADD COLUMN record_version INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER deliveries_insert_moves_sweep;
DROP TRIGGER deliveries_update_moves_sweep;

CREATE TRIGGER deliveries_insert_moves_sweep AFTER INSERT ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id AND version <= NEW.record_version;
END;

CREATE TRIGGER deliveries_update_moves_sweep AFTER UPDATE ON deliveries BEGIN
  UPDATE records SET sweep_at = NEW.sweep_at WHERE id = NEW.record_id AND version <= NEW.record_version;
END;
