-- Volume and tone per week, kind and topic (relevant documents only).
SELECT
  week, kind, topic, any_value(topic_label) AS topic_label,
  any_value(dimension) AS dimension, any_value(dimension_label) AS dimension_label,
  count(*) AS n, count(DISTINCT coalesce(story_id, doc_id)) AS n_stories,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive
FROM mart_document
WHERE relevant AND week IS NOT NULL AND topic IS NOT NULL
GROUP BY week, kind, topic
