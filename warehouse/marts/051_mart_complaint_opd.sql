-- Complaints per agency over the last 4 and 12 weeks before "now" (complete WIB weeks).
WITH bounds AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
)
SELECT
  c.opd_id, any_value(c.opd_short) AS opd_short, any_value(c.opd_name) AS opd_name,
  any_value(c.opd_group) AS opd_group,
  count(*) FILTER (c.week >= b.this_week - INTERVAL 4 WEEK AND c.week < b.this_week) AS n_4_weeks,
  count(*) FILTER (c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_12_weeks,
  count(*) FILTER (c.open) AS n_open,
  count(*) FILTER (c.open AND c.age_days > 14) AS n_open_over_14_days,
  count(*) FILTER (c.answered AND c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_answered_12_weeks,
  count(*) FILTER (c.resolved AND c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_resolved_12_weeks
FROM mart_complaint c, bounds b
WHERE c.relevant AND c.opd_id IS NOT NULL
GROUP BY c.opd_id
