-- Volume per week and kind, and of all kinds together (kind '*'): articles, stories and outlets are three numbers. A
-- document outside any story is one of its own (here and in the other marts of weeks).
SELECT
  week, coalesce(kind, '*') AS kind,
  count(*) AS n,
  count(*) FILTER (story_id IS NULL) + count(DISTINCT story_id) AS n_stories,
  count(DISTINCT source_id) AS n_sources,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive
FROM document_fact
WHERE relevant AND week IS NOT NULL
GROUP BY GROUPING SETS ((week, kind), (week))
