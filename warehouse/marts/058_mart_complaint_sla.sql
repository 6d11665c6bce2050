-- Deadlines that fell due in a period, per step, channel and agency: compliance = on time ÷ due, where due also holds
-- what was never done. n_due = n_on_time + n_late + n_moment_unknown; the last cannot be judged and is in neither
-- side of the share, which is NULL below ten (verdict `few`) or where more than a fifth cannot be judged (`moments_missing`).
WITH counts AS (
  SELECT p.period_kind, p.period, any_value(p.period_end) AS period_end, u.step, s.channel, s.opd_id,
    max(s.data_through) AS data_through,
    count(*) AS n_due,
    count(*) FILTER (u.outcome = 'on_time') AS n_on_time,
    count(*) FILTER (u.outcome = 'late') AS n_late,
    count(*) FILTER (u.waiting) AS n_still_waiting,
    count(*) FILTER (u.outcome = 'unknown') AS n_moment_unknown
  FROM mart_complaint_due u
  JOIN mart_complaint_scope s ON s.doc_id = u.doc_id
  JOIN mart_period p ON p.day = u.due_day
  WHERE u.outcome <> 'aside' AND u.due_day < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)
  GROUP BY p.period_kind, p.period, u.step, s.channel, s.opd_id
),
judged AS (
  SELECT *, CASE
      WHEN n_due < 10 THEN 'few'
      WHEN n_moment_unknown > 0.2 * n_due THEN 'moments_missing'
      WHEN n_on_time + n_late < 10 THEN 'few'
      ELSE 'ok'
    END AS verdict
  FROM counts
)
SELECT *,
  CASE WHEN verdict = 'ok' THEN n_on_time / (n_on_time + n_late) END AS compliance,
  CASE WHEN n_due >= 10 THEN n_moment_unknown / n_due END AS moment_unknown
FROM judged
