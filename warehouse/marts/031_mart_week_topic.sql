-- Volume and tone per week, kind and topic (relevant documents only).
SELECT c.*, t.label AS topic_label, t.dimension, t.dimension_label
FROM (
  SELECT
    week, kind, topic,
    count(*) AS n, count(*) FILTER (story_id IS NULL) + count(DISTINCT story_id) AS n_stories,
    count(*) FILTER (sentiment = 'negatif') AS n_negative,
    count(*) FILTER (sentiment = 'netral') AS n_neutral,
    count(*) FILTER (sentiment = 'positif') AS n_positive
  FROM document_fact
  WHERE relevant AND week IS NOT NULL AND topic IS NOT NULL
  GROUP BY week, kind, topic
) c
LEFT JOIN dim_topic t ON t.topic = c.topic
