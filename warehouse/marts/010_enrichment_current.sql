-- The labels in force; those of other models stay in `enrichment` for comparison. Of several models the
-- one registered last holds, but a document keeps its earlier labels until that one has labelled it too:
-- no page goes blank while a new model works. What a person corrected stands above every model, is as
-- sure as can be, and needs no further look.
WITH corrected AS (
  SELECT
    doc_id,
    arg_max(new_value, position) FILTER (field = 'relevant') AS relevant,
    arg_max(new_value, position) FILTER (field = 'topic') AS topic,
    arg_max(new_value, position) FILTER (field = 'opd') AS opd,
    arg_max(new_value, position) FILTER (field = 'sentiment') AS sentiment,
    arg_max(new_value, position) FILTER (field = 'kecamatan') AS kecamatan
  FROM label_correction_now
  GROUP BY doc_id
),
registered AS (
  SELECT version, max(registered_at) AS since FROM model GROUP BY version
),
latest AS (
  SELECT e.* FROM enrichment e JOIN registered r ON r.version = e.model_version
  QUALIFY row_number() OVER (PARTITION BY e.doc_id ORDER BY r.since DESC, r.version DESC) = 1
)
SELECT e.* REPLACE (
  coalesce(c.relevant = ['ya'], e.relevant) AS relevant,
  CASE WHEN c.relevant IS NULL THEN e.relevance_score ELSE CAST(c.relevant = ['ya'] AS DOUBLE) END AS relevance_score,
  coalesce(c.topic[1], e.topic) AS topic,
  CASE WHEN c.topic IS NULL THEN e.topic_score ELSE 1.0 END AS topic_score,
  coalesce(c.opd, e.opd_ids) AS opd_ids,
  CASE WHEN c.opd IS NULL THEN e.opd_scores ELSE list_transform(c.opd, lambda x: 1.0) END AS opd_scores,
  CASE WHEN c.sentiment IS NULL THEN e.sentiment ELSE c.sentiment[1] END AS sentiment,
  CASE WHEN c.sentiment IS NULL THEN e.sentiment_score ELSE 1.0 END AS sentiment_score,
  e.needs_review AND c.doc_id IS NULL AS needs_review,
  coalesce(c.kecamatan, e.kecamatan) AS kecamatan
)
FROM latest e
LEFT JOIN corrected c ON c.doc_id = e.doc_id
