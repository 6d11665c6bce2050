-- One row per video with the mood of its comments.
SELECT
  v.doc_id, v.source_id, v.source_name, v.title, v.url, v.dated_at, v.week, v.day, v.relevant,
  v.topic, v.topic_label, v.views, v.likes, v.comments AS n_comments_reported,
  count(c.doc_id) AS n_comments,
  count(c.doc_id) FILTER (c.relevant AND c.sentiment = 'negatif') AS n_negative,
  count(c.doc_id) FILTER (c.relevant AND c.sentiment = 'netral') AS n_neutral,
  count(c.doc_id) FILTER (c.relevant AND c.sentiment = 'positif') AS n_positive
FROM mart_document v
LEFT JOIN mart_document c ON c.parent_id = v.doc_id AND c.kind = 'comment'
WHERE v.kind = 'video'
GROUP BY ALL
