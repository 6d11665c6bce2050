-- A document is found by a number made of its id: ids are hashes that lie anywhere, and four bytes are read far
-- faster than twenty-six letters.
ALTER TABLE document_fact ADD COLUMN doc_key UINTEGER;
-- What the articles of a story add up to, one narrow row per story: a cache of the view `story_fact_now`.
CREATE TABLE story_fact (
  story_id VARCHAR NOT NULL, n_articles BIGINT NOT NULL, n_sources BIGINT NOT NULL, n_copies BIGINT NOT NULL,
  n_voices BIGINT NOT NULL, n_negative BIGINT NOT NULL, n_neutral BIGINT NOT NULL, n_positive BIGINT NOT NULL,
  first_day DATE, last_day DATE, n_undated BIGINT NOT NULL
);
