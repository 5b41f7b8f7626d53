-- The usual serving of a food is that of the dish which consists of it alone.

CREATE INDEX dish_components_by_food ON dish_components (fdc_id);
