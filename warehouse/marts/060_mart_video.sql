-- One row per video with the mood of its comments.
SELECT
  v.doc_id, v.source_id, v.source_name, d.title, d.url, v.dated_at, v.week, v.day, v.relevant,
  v.topic, v.topic_label, d.views, d.likes, d.comments AS n_comments_reported,
  coalesce(m.n_comments, 0) AS n_comments, coalesce(m.n_negative, 0) AS n_negative,
  coalesce(m.n_neutral, 0) AS n_neutral, coalesce(m.n_positive, 0) AS n_positive
FROM mart_fact v
JOIN document d ON d.doc_id = v.doc_id AND d.fetched_at = v.fetched_at
LEFT JOIN mart_comment_mood m ON m.parent_id = v.doc_id
WHERE v.kind = 'video'
