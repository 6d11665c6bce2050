-- What people did when they were shown a text to check its labels: one row per look, added to and never
-- rewritten. `answered` and `settled` wrote corrections, those of `correction` in `label_correction`; `second` is
-- an opinion given without knowing the first one and changes no label; `skipped` gives none; `undone` takes the
-- corrections of that position back, so that the labels before them hold again.
CREATE TABLE label_review (
  doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, action VARCHAR NOT NULL, correction INTEGER,
  relevant VARCHAR[], topic VARCHAR[], opd VARCHAR[], sentiment VARCHAR[], kecamatan VARCHAR[],
  reviewer VARCHAR NOT NULL, reviewed_at TIMESTAMPTZ NOT NULL
);
