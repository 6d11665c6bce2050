-- One row per document with its words, labels, names and story. Joins every text of the lake: for finding
-- and showing documents; what only counts reads `mart_fact`, which has the same columns without the words.
SELECT
  f.*,
  d.title, d.text, d.url, d.author, d.section, d.views, d.likes, d.comments, d.shares,
  d.published_from, d.published_precision, d.published_confidence, d.flags,
  e.keywords, e.why
FROM mart_fact f
JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at  -- the moment tells which files to open
LEFT JOIN enrichment e ON e.doc_id = f.doc_id AND e.model_version = f.model_version
