-- Alerts with the name of what they are about. A subject is a topic, an office, a story, a source, or
-- `topic@kecamatan`.
SELECT a.*,
  CASE
    WHEN a.rule = 'silent_source' AND s.source_id IS NULL THEN 'Sumber data'
    WHEN contains(a.subject, '@') THEN coalesce(t.label, split_part(a.subject, '@', 1)) || ' di ' || split_part(a.subject, '@', 2)
    ELSE coalesce(t.label, s.name, o.short, d.title, a.subject)
  END AS subject_label
FROM alert a
LEFT JOIN dim_topic t ON t.topic = split_part(a.subject, '@', 1)
LEFT JOIN dim_source s ON s.source_id = a.subject
LEFT JOIN dim_opd o ON o.opd_id = a.subject
LEFT JOIN story st ON st.story_id = a.subject
LEFT JOIN document d ON d.doc_id = st.lead_doc_id
