-- Closed within N working days of reception, of the complaints received in a period: over the valid ones (not set
-- aside) and over all. `n_days` is 5, 10, 14 or 60. A closing that was only seen counts if it was seen in time.
-- n_not_yet: not closed, and the N days are not over; n_moment_unknown: closed, seen later, nobody knows when;
-- n_outside_calendar: received on a day that calendar.yaml does not know (in none of the other counts).
-- `verdict`: `few` (fewer than ten, no share), `moments_missing` (more than a fifth of the closings at an unknown moment,
-- no share either) or `ok`.
WITH one AS (
  SELECT s.channel, s.opd_id, s.data_through, c.day, c.resolved, c.set_aside, c.open, k.state, k.days, a.ordinal,
    c.age_working_days
  FROM mart_complaint_scope s
  JOIN mart_complaint c ON c.doc_id = s.doc_id
  JOIN mart_complaint_clock k ON k.doc_id = s.doc_id AND k.clock = 'closing'
  LEFT JOIN dim_day a ON a.day = c.day
),
counts AS (
  SELECT n.n_days, p.period_kind, p.period, any_value(p.period_end) AS period_end, o.channel, o.opd_id,
    max(o.data_through) AS data_through,
    count(*) FILTER (o.ordinal IS NOT NULL) AS n_received,
    count(*) FILTER (o.ordinal IS NOT NULL AND NOT o.set_aside) AS n_valid,
    count(*) FILTER (o.resolved AND o.days <= n.n_days) AS n_closed_within,
    count(*) FILTER (o.resolved) AS n_closed,
    count(*) FILTER (o.open AND o.age_working_days < n.n_days) AS n_not_yet,
    count(*) FILTER (o.resolved AND o.state = 'seen' AND o.days > n.n_days) AS n_moment_unknown,
    count(*) FILTER (o.ordinal IS NULL) AS n_outside_calendar
  FROM (VALUES (5), (10), (14), (60)) AS n(n_days)
  CROSS JOIN one o
  JOIN mart_period p ON p.day = o.day
  GROUP BY n.n_days, p.period_kind, p.period, o.channel, o.opd_id
),
judged AS (
  SELECT *, CASE
      WHEN n_valid < 10 THEN 'few'
      WHEN n_moment_unknown > 0.2 * n_closed THEN 'moments_missing'
      ELSE 'ok'
    END AS verdict
  FROM counts
)
SELECT *,
  CASE WHEN verdict = 'ok' THEN n_closed_within / n_valid END AS of_valid,
  CASE WHEN verdict = 'ok' THEN n_closed_within / n_received END AS of_received,
  CASE WHEN n_closed >= 10 THEN n_moment_unknown / n_closed END AS moment_unknown
FROM judged
