-- A saved search belongs to whoever saved it; others see it only if it is shared. Those from before belonged to
-- everybody: they stay shared, and only an admin changes them.
ALTER TABLE saved_search ADD COLUMN owner VARCHAR;
ALTER TABLE saved_search ADD COLUMN shared BOOLEAN;
UPDATE saved_search SET owner = '', shared = true;
