-- One row per document as lists show it. A confidential complaint is counted and listed, but its words are
-- not shown; of a body only an excerpt leaves the restricted store.
SELECT
  f.doc_id, f.kind, f.source_id, f.source_name,
  CASE WHEN c.doc_id IS NULL THEN d.title ELSE '' END AS title,
  CASE WHEN c.doc_id IS NULL THEN excerpt(d.text) ELSE '(aduan rahasia)' END AS excerpt,
  d.url, f.dated_at, f.day, f.topic, f.topic_label, f.opd_id, f.opd_short, f.kecamatan, f.sentiment,
  f.story_id, f.copy_of, f.advertorial, f.needs_review, f.relevant
FROM mart_fact f
JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at
LEFT JOIN complaint c ON c.doc_id = f.doc_id AND c.confidentiality = 'rahasia'
