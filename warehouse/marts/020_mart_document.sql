-- One row per document with its labels, names and story: what every other mart counts.
-- `day` and `week` (Monday) are calendar days in WIB of the publication, or of the reception
-- for a complaint; a document without a trustworthy date has NULL and is counted in no week.
SELECT
  d.doc_id, d.kind, d.source_id, coalesce(s.name, d.source_id) AS source_name, s.kind AS source_kind,
  d.title, d.text, d.url, d.author, d.parent_id, d.advertorial, d.section,
  d.views, d.likes, d.comments, d.shares,
  coalesce(c.received_at, d.published_at) AS dated_at, d.published_from, d.published_precision, d.published_confidence, d.flags, d.fetched_at,
  CAST(coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS day,
  CAST(date_trunc('week', coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta') AS DATE) AS week,
  coalesce(e.relevant, false) AS relevant, e.relevance_score, e.language,
  e.topic, t.label AS topic_label, e.topic_score, t.dimension, t.dimension_label,
  e.opd_ids, e.opd_ids[1] AS opd_id, o.short AS opd_short, o.name AS opd_name, o.grp AS opd_group,
  e.sentiment, e.sentiment_score, e.needs_review,
  e.kecamatan AS kecamatan_all, e.kecamatan[1] AS kecamatan, e.desa AS desa_all,
  e.quick_wins, e.keywords, e.why,
  m.story_id, m.copy_of
FROM document d
LEFT JOIN complaint c ON c.doc_id = d.doc_id
LEFT JOIN dim_source s ON s.source_id = d.source_id
LEFT JOIN enrichment_current e ON e.doc_id = d.doc_id
LEFT JOIN dim_topic t ON t.topic = e.topic
LEFT JOIN dim_opd o ON o.opd_id = e.opd_ids[1]
LEFT JOIN story_member m ON m.doc_id = d.doc_id
