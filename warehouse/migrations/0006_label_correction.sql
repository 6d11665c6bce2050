-- What people corrected: one row per field and change, added to and never rewritten. The newest
-- change of a field wins in every view at once (`enrichment_current`) and trains later models.
-- Values are lists: an office list or kecamatan has several, "no stance" has none.
CREATE TABLE label_correction (
  doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, field VARCHAR NOT NULL,
  old_value VARCHAR[] NOT NULL, new_value VARCHAR[] NOT NULL,
  reason VARCHAR, corrected_by VARCHAR NOT NULL, corrected_at TIMESTAMPTZ NOT NULL
);
