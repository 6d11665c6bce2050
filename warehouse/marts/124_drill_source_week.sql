-- The sources a week should have heard of: from the week of its first attempt on, a source is expected every week while
-- it is active, and one that no longer is until its last attempt. `reached`: an attempt worked in that week, or there is
-- an item of that week (so it was read later). Weeks (Monday, WIB) up to that of "now". What a source wrote before it was
-- first tried was filled in later, as far back as its lists reach: of those weeks nobody knows what is missing, so it is
-- neither expected nor missed there, and a week before all collecting has no coverage instead of a bad one.
WITH clock AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
signs AS (
  SELECT source_id, CAST(date_trunc('week', tried_at AT TIME ZONE 'Asia/Jakarta') AS DATE) AS week,
    bool_or(reachable) AS reached, true AS tried
  FROM run_source GROUP BY ALL
  UNION ALL
  SELECT DISTINCT source_id, week, true, false FROM mart_fact WHERE week IS NOT NULL AND kind <> 'comment'
),
known AS (
  SELECT s.source_id, min(s.week) FILTER (s.tried) AS first_week,
    CASE WHEN d.status = 'active' THEN c.this_week ELSE max(s.week) FILTER (s.tried) END AS last_week
  FROM signs s JOIN dim_source d ON d.source_id = s.source_id CROSS JOIN clock c
  WHERE s.week <= c.this_week
  GROUP BY s.source_id, d.status, c.this_week
),
weeks AS (
  SELECT k.source_id, CAST(w.week AS DATE) AS week
  FROM known k, range(k.first_week, k.last_week + INTERVAL 1 DAY, INTERVAL 7 DAY) AS w(week)
),
reached AS (
  SELECT source_id, week FROM signs GROUP BY source_id, week HAVING bool_or(reached)
)
SELECT w.week, w.source_id, r.source_id IS NOT NULL AS reached
FROM weeks w
LEFT JOIN reached r ON r.source_id = w.source_id AND r.week = w.week
