-- Searches that people keep: each is a subscription to what will be found.
CREATE TABLE saved_search (
  name VARCHAR NOT NULL, question VARCHAR NOT NULL, filters VARCHAR NOT NULL, -- JSON of `DocumentFilter`
  saved_at TIMESTAMPTZ NOT NULL, looked_at TIMESTAMPTZ NOT NULL
);
-- What they found, each document once; `fresh`: after the search was saved.
CREATE TABLE saved_search_hit (
  name VARCHAR NOT NULL, doc_id VARCHAR NOT NULL, found_at TIMESTAMPTZ NOT NULL, fresh BOOLEAN NOT NULL
);
