-- One row per source and week between its first and its last item or visit: was it in reach? What a
-- number of a week can be compared with depends on it.
-- covered: on at least three quarters of the days on which it was tried it was reached; without a try
-- (imports, weeks before collecting began) it brought something, or hardly ever does. A source that is
-- reached but brings nothing where 7 a week are usual, or less than a fifth of 14, is silent itself
-- (as in mart_source_health), and so not covered. Usual: its median week.
WITH items AS (
  SELECT source_id, CAST(date_trunc('week', coalesce(dated_at, fetched_at) AT TIME ZONE 'Asia/Jakarta') AS DATE) AS week,
    count(*) AS n
  FROM mart_fact WHERE kind <> 'comment' AND coalesce(dated_at, fetched_at) <= getvariable('pati_now')
  GROUP BY ALL
),
days AS (
  SELECT source_id, CAST(tried_at AT TIME ZONE 'Asia/Jakarta' AS DATE) AS day, bool_or(reachable) AS reached
  FROM run_source WHERE tried_at <= getvariable('pati_now') GROUP BY ALL
),
visits AS (
  SELECT source_id, CAST(date_trunc('week', day) AS DATE) AS week, count(*) AS n_tried, count(*) FILTER (reached) AS n_reached
  FROM days GROUP BY ALL
),
spans AS (
  SELECT source_id, min(week) AS first_week, max(week) AS last_week FROM (
    SELECT source_id, week FROM items UNION ALL SELECT source_id, week FROM visits
  ) GROUP BY source_id
),
weeks AS (
  SELECT s.source_id, CAST(w.week AS DATE) AS week
  FROM spans s, range(s.first_week, s.last_week + 7, INTERVAL 7 DAY) AS w(week)
),
counted AS (
  SELECT w.source_id, w.week, coalesce(i.n, 0) AS n, coalesce(v.n_tried, 0) AS n_tried, coalesce(v.n_reached, 0) AS n_reached
  FROM weeks w
  LEFT JOIN items i ON i.source_id = w.source_id AND i.week = w.week
  LEFT JOIN visits v ON v.source_id = w.source_id AND v.week = w.week
),
normal AS (
  SELECT source_id, median(n) AS usual FROM counted WHERE n_tried = 0 OR n_reached > 0 GROUP BY source_id
)
SELECT c.source_id, c.week, c.n, c.n_tried AS n_days_tried, c.n_reached AS n_days_reached, coalesce(u.usual, 0) AS usual,
  CASE WHEN c.n_tried > 0 THEN c.n_reached >= 0.75 * c.n_tried ELSE c.n > 0 OR coalesce(u.usual, 0) < 3 END
    AND NOT (coalesce(u.usual, 0) >= 7 AND c.n = 0)
    AND NOT (coalesce(u.usual, 0) >= 14 AND c.n < u.usual / 5) AS covered
FROM counted c LEFT JOIN normal u ON u.source_id = c.source_id
