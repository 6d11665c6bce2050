-- Every day up to "now" with the periods it belongs to: its week (Monday), its month, its year, the last 4 and
-- 12 complete weeks before "now", and all days. A day stands once per period; `period` is its first day.
WITH bounds AS (
  SELECT
    CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS today,
    CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
days AS (
  SELECT CAST(unnest(range(DATE '2000-01-01', today + INTERVAL 1 DAY, INTERVAL 1 DAY)) AS DATE) AS day, b.*
  FROM bounds b
)
SELECT day, 'week' AS period_kind, CAST(date_trunc('week', day) AS DATE) AS period,
  CAST(date_trunc('week', day) + INTERVAL 6 DAY AS DATE) AS period_end
FROM days
UNION ALL
SELECT day, 'month', CAST(date_trunc('month', day) AS DATE), last_day(day) FROM days
UNION ALL
SELECT day, 'year', CAST(date_trunc('year', day) AS DATE), CAST(date_trunc('year', day) + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE)
FROM days
UNION ALL
SELECT day, 'weeks_4', CAST(this_week - INTERVAL 28 DAY AS DATE), CAST(this_week - INTERVAL 1 DAY AS DATE)
FROM days WHERE day >= this_week - INTERVAL 28 DAY AND day < this_week
UNION ALL
SELECT day, 'weeks_12', CAST(this_week - INTERVAL 84 DAY AS DATE), CAST(this_week - INTERVAL 1 DAY AS DATE)
FROM days WHERE day >= this_week - INTERVAL 84 DAY AND day < this_week
UNION ALL
SELECT day, 'all', DATE '2000-01-01', today FROM days
