-- What linking knows of every article, so that the next run looks only at what changed: `mark` is a
-- digest of all that linking reads of it; the article hangs on `parent_id` and its tree begins at `root_id`.
CREATE TABLE story_article (
  doc_id VARCHAR NOT NULL, mark VARCHAR NOT NULL, source_id VARCHAR NOT NULL,
  dated_at TIMESTAMPTZ NOT NULL, elsewhere BOOLEAN NOT NULL,
  parent_id VARCHAR, root_id VARCHAR NOT NULL, root_at TIMESTAMPTZ NOT NULL, copy_of VARCHAR
);
-- Which articles are alike: `share` is the containment of the shorter text in the other one, `event`
-- the likeness of what they are about. `dated_at` is that of the later article (`doc_id`).
CREATE TABLE story_link (
  doc_id VARCHAR NOT NULL, earlier_id VARCHAR NOT NULL, dated_at TIMESTAMPTZ NOT NULL,
  share DOUBLE NOT NULL, event DOUBLE NOT NULL
);
-- What people changed about stories: added to, never rewritten. An edit pins articles to stories; the
-- newest edit that was not taken back wins, and articles without a pin follow the one they hang on.
CREATE TABLE story_edit (
  edit BIGINT NOT NULL, action VARCHAR NOT NULL, story_id VARCHAR, undoes BIGINT,
  reason VARCHAR NOT NULL, edited_by VARCHAR NOT NULL, edited_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE story_pin (edit BIGINT NOT NULL, doc_id VARCHAR NOT NULL, story_id VARCHAR NOT NULL);
