-- The worksheet of an assessment: what named people entered for each indicator of an instrument and year, added to and
-- never rewritten. `scope` is empty for the whole or the id of a dimension. `entered` gives a score with its reasons and
-- the documents behind it; `accepted` and `returned` are the review of the entry at position `about` by somebody else;
-- `withdrawn` takes one's own entry back and leaves the place open.
CREATE TABLE assessment_entry (
  instrument VARCHAR NOT NULL, year INTEGER NOT NULL, scope VARCHAR NOT NULL, indicator VARCHAR NOT NULL,
  position INTEGER NOT NULL, action VARCHAR NOT NULL, about INTEGER, score DOUBLE, justification VARCHAR,
  doc_ids VARCHAR[], person VARCHAR NOT NULL, entered_at TIMESTAMPTZ NOT NULL
);
