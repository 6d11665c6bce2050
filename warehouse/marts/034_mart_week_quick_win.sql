-- Mentions of each quick win per week, articles and stories apart, advertorials said.
SELECT c.*, q.name, q.opd_id
FROM (
  SELECT
    d.week, d.quick_win,
    count(*) AS n, count(*) FILTER (d.story_id IS NULL) + count(DISTINCT d.story_id) AS n_stories,
    count(*) FILTER (d.advertorial) AS n_advertorial,
    count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
    count(*) FILTER (d.sentiment = 'netral') AS n_neutral,
    count(*) FILTER (d.sentiment = 'positif') AS n_positive
  FROM (SELECT week, story_id, advertorial, sentiment, unnest(quick_wins) AS quick_win FROM document_fact WHERE relevant AND week IS NOT NULL) d
  GROUP BY d.week, d.quick_win
) c
LEFT JOIN dim_quick_win q ON q.quick_win = c.quick_win
