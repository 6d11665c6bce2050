-- What people said about documents as evidence of an indicator: `pinned`, `rejected`, `cleared` (neither) or `commented`;
-- added to and never rewritten. A document may be evidence of several indicators.
CREATE TABLE evidence_event (
  instrument VARCHAR NOT NULL, year INTEGER NOT NULL, scope VARCHAR NOT NULL, indicator VARCHAR NOT NULL,
  doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, action VARCHAR NOT NULL, comment VARCHAR,
  person VARCHAR NOT NULL, said_at TIMESTAMPTZ NOT NULL
);
-- Evidence packs that left the house: what was in them, so that an erasure can tell which hold a person's words.
CREATE TABLE evidence_pack (
  pack_id VARCHAR NOT NULL, instrument VARCHAR NOT NULL, year INTEGER NOT NULL, scope VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL, first_day DATE NOT NULL, last_day DATE NOT NULL, snapshot BIGINT NOT NULL,
  manifest_sha256 VARCHAR NOT NULL, doc_ids VARCHAR[] NOT NULL, person VARCHAR NOT NULL, issued_at TIMESTAMPTZ NOT NULL
);
