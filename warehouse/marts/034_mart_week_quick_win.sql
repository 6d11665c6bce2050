-- Mentions of each quick win per week, articles and stories apart, advertorials said.
SELECT
  d.week, u.quick_win, any_value(q.name) AS name, any_value(q.opd_id) AS opd_id,
  count(*) AS n, count(DISTINCT coalesce(d.story_id, d.doc_id)) AS n_stories,
  count(*) FILTER (d.advertorial) AS n_advertorial,
  count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
  count(*) FILTER (d.sentiment = 'netral') AS n_neutral,
  count(*) FILTER (d.sentiment = 'positif') AS n_positive
FROM mart_document d, unnest(d.quick_wins) AS u(quick_win)
LEFT JOIN dim_quick_win q ON q.quick_win = u.quick_win
WHERE d.relevant AND d.week IS NOT NULL
GROUP BY d.week, u.quick_win
