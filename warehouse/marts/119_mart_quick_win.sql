-- I13, visibility of quick wins per period: n_stories unique stories that mention it (documents in no story count as one
-- each), beside n documents and n_voices independent texts; tones of the documents that judge it; advertorial =
-- documents marked as paid ÷ n, NULL below ten.
SELECT m.period_kind, m.period, any_value(m.period_end) AS period_end, m.quick_win, any_value(q.name) AS name,
  any_value(q.opd_id) AS opd_id,
  count(*) AS n, count(DISTINCT m.item) AS n_stories,
  count(DISTINCT (m.item, m.source_id)) FILTER (m.copy_of IS NULL) AS n_voices,
  count(*) FILTER (m.advertorial) AS n_advertorial,
  count(*) FILTER (m.sentiment = 'negatif') AS n_negative,
  count(*) FILTER (m.sentiment = 'netral') AS n_neutral,
  count(*) FILTER (m.sentiment = 'positif') AS n_positive,
  share(count(*) FILTER (m.advertorial), count(*)) AS advertorial
FROM drill_quick_win m
JOIN dim_quick_win q ON q.quick_win = m.quick_win
GROUP BY m.period_kind, m.period, m.quick_win
