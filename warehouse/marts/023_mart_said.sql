-- One row per comment or post with who said what.
SELECT f.doc_id, d.author, d.text, f.dated_at, f.sentiment, f.topic_label, d.likes
FROM mart_fact f
JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at
WHERE f.kind IN ('comment', 'social')
