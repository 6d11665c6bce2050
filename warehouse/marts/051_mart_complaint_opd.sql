-- Complaints per agency over the last 4 and 12 weeks before "now" (complete WIB weeks).
-- A complaint with two agencies counts once for each, as in the list of either.
WITH bounds AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
-- (unnest in the SELECT list, see mart_counted_scope)
shared AS (
  SELECT unnest(opd_ids) AS opd_id, week, open, answered, resolved, overdue, age_days FROM mart_complaint WHERE relevant
)
SELECT
  c.opd_id, any_value(o.short) AS opd_short, any_value(o.name) AS opd_name,
  any_value(o.grp) AS opd_group,
  count(*) FILTER (c.week >= b.this_week - INTERVAL 4 WEEK AND c.week < b.this_week) AS n_4_weeks,
  count(*) FILTER (c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_12_weeks,
  count(*) FILTER (c.open) AS n_open,
  count(*) FILTER (c.open AND NOT c.answered) AS n_unanswered,
  count(*) FILTER (c.open AND c.overdue) AS n_overdue,
  count(*) FILTER (c.open AND c.age_days > 14) AS n_open_over_14_days,
  count(*) FILTER (c.answered AND c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_answered_12_weeks,
  count(*) FILTER (c.resolved AND c.week >= b.this_week - INTERVAL 12 WEEK AND c.week < b.this_week) AS n_resolved_12_weeks
FROM shared c
CROSS JOIN bounds b
LEFT JOIN dim_opd o ON o.opd_id = c.opd_id
GROUP BY c.opd_id
