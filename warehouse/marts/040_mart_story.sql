-- One row per story that has a relevant article. n_voices counts outlets that wrote their own
-- text: an article whose text repeats an earlier one adds an article, not a voice.
SELECT
  st.story_id, lead.title, lead.url, lead.source_name AS lead_source, st.first_at, st.last_at,
  CAST(date_trunc('week', st.first_at AT TIME ZONE 'Asia/Jakarta') AS DATE) AS first_week,
  CAST(date_trunc('week', st.last_at AT TIME ZONE 'Asia/Jakarta') AS DATE) AS last_week,
  count(*) AS n_articles,
  count(DISTINCT d.source_id) AS n_sources,
  count(*) FILTER (d.copy_of IS NOT NULL) AS n_copies,
  count(DISTINCT d.source_id) FILTER (d.copy_of IS NULL) AS n_voices,
  lead.topic, lead.topic_label, lead.opd_id, lead.opd_short, lead.kecamatan,
  count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
  count(*) FILTER (d.sentiment = 'netral') AS n_neutral,
  count(*) FILTER (d.sentiment = 'positif') AS n_positive,
  any_value(left(lead.text, 300)) AS excerpt
FROM story st
JOIN mart_document d ON d.story_id = st.story_id
JOIN mart_document lead ON lead.doc_id = st.lead_doc_id
WHERE d.relevant
GROUP BY ALL
