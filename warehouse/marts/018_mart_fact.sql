-- One row per document with its labels, their names and its story, without words: what counts is counted
-- here or in `document_fact` itself. Reading it costs no join but those with small tables of names.
SELECT
  f.* EXCLUDE (doc_key, opd_key, link_key), f.opd_ids[1] AS opd_id, f.kecamatan_all[1] AS kecamatan,
  coalesce(s.name, f.source_id) AS source_name, s.kind AS source_kind,
  t.label AS topic_label, t.dimension, t.dimension_label,
  o.short AS opd_short, o.name AS opd_name, o.grp AS opd_group
FROM document_fact f
LEFT JOIN dim_source s ON s.source_id = f.source_id
LEFT JOIN dim_topic t ON t.topic = f.topic
LEFT JOIN dim_opd o ON o.opd_id = f.opd_ids[1]
