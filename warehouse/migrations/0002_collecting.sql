-- How a document was obtained: repairs and doubts (encoding, cut off, ...), and how sure its date is.
ALTER TABLE document ADD COLUMN flags VARCHAR[];
ALTER TABLE document ADD COLUMN published_precision VARCHAR;
ALTER TABLE document ADD COLUMN published_confidence VARCHAR;
-- Sources that republish another one: named in the configuration, or found by their copies.
CREATE TABLE source_clone (
  source_id VARCHAR NOT NULL, original_id VARCHAR NOT NULL,
  n_articles BIGINT NOT NULL, n_copies BIGINT NOT NULL, configured BOOLEAN NOT NULL
);
