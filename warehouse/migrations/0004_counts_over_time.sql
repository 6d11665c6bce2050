-- How a document's counts went: one row whenever they were not what they had been before.
CREATE TABLE metric_history (
  doc_id VARCHAR NOT NULL, counted_at TIMESTAMPTZ NOT NULL,
  views BIGINT, likes BIGINT, comments BIGINT, shares BIGINT
);
INSERT INTO metric_history
SELECT doc_id, fetched_at, views, likes, comments, shares FROM document
WHERE coalesce(views, likes, comments, shares) IS NOT NULL;
-- What a platform shows no more: the document and all that came of it are deleted, this stays,
-- so that an older copy of it can never come back.
CREATE TABLE tombstone (
  doc_id VARCHAR NOT NULL, source_id VARCHAR NOT NULL, reason VARCHAR NOT NULL,
  removed_at TIMESTAMPTZ NOT NULL
);
