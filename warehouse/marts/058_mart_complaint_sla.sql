-- Deadlines that fell due in a period, per step, channel and agency: compliance = on time ÷ due, where due also holds
-- what was never done. n_due = n_on_time + n_late + n_moment_unknown; the last cannot be judged and is in neither
-- side of the share, which is NULL below ten (verdict `few`) or where more than a fifth cannot be judged (`moments_missing`).
WITH counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, step, channel, opd_id,
    max(data_through) AS data_through,
    count(*) AS n_due,
    count(*) FILTER (outcome = 'on_time') AS n_on_time,
    count(*) FILTER (outcome = 'late') AS n_late,
    count(*) FILTER (waiting) AS n_still_waiting,
    count(*) FILTER (outcome = 'unknown') AS n_moment_unknown
  FROM drill_complaint_sla
  GROUP BY period_kind, period, step, channel, opd_id
),
judged AS (
  SELECT *, CASE
      WHEN NOT enough(n_due) THEN 'few'
      WHEN n_moment_unknown > 0.2 * n_due THEN 'moments_missing'
      WHEN NOT enough(n_on_time + n_late) THEN 'few'
      ELSE 'ok'
    END AS verdict
  FROM counts
)
SELECT *,
  CASE WHEN verdict = 'ok' THEN n_on_time / (n_on_time + n_late) END AS compliance,
  share(n_moment_unknown, n_due) AS moment_unknown
FROM judged
