-- Volume per week and kind: articles, stories and outlets are three numbers.
SELECT
  week, kind,
  count(*) AS n,
  count(DISTINCT coalesce(story_id, doc_id)) AS n_stories,
  count(DISTINCT source_id) AS n_sources,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive
FROM mart_document
WHERE relevant AND week IS NOT NULL
GROUP BY week, kind
