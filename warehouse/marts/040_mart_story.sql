-- One row per story that has a relevant article, with the words of its lead.
SELECT
  st.story_id, w.title, w.url, lead.source_name AS lead_source, st.first_at, st.last_at,
  CAST(date_trunc('week', st.first_at AT TIME ZONE 'Asia/Jakarta') AS DATE) AS first_week,
  CAST(date_trunc('week', st.last_at AT TIME ZONE 'Asia/Jakarta') AS DATE) AS last_week,
  c.n_articles, c.n_sources, c.n_copies, c.n_voices,
  lead.topic, lead.topic_label, lead.opd_id, lead.opd_short, lead.kecamatan,
  c.n_negative, c.n_neutral, c.n_positive,
  excerpt(w.text) AS excerpt
FROM story st
JOIN mart_story_count c ON c.story_id = st.story_id
JOIN mart_fact lead ON lead.doc_id = st.lead_doc_id
JOIN document w ON w.doc_id = lead.doc_id AND w.fetched_at = lead.fetched_at
