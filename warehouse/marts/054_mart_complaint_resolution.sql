-- Closed within N working days of reception, of the complaints received in a period: over the valid ones (not set
-- aside) and over all. `n_days` is 5, 10, 14 or 60. A closing that was only seen counts if it was seen in time.
-- n_not_yet: not closed, and the N days are not over; n_moment_unknown: closed, seen later, nobody knows when;
-- n_outside_calendar: received on a day that calendar.yaml does not know (in none of the other counts).
-- `verdict`: `few` (fewer than ten, no share), `moments_missing` (more than a fifth of the closings at an unknown moment,
-- no share either) or `ok`.
WITH counts AS (
  SELECT n_days, period_kind, period, any_value(period_end) AS period_end, channel, opd_id,
    max(data_through) AS data_through,
    count(*) FILTER (counted) AS n_received,
    count(*) FILTER (valid) AS n_valid,
    count(*) FILTER (resolved AND days <= n_days) AS n_closed_within,
    count(*) FILTER (resolved) AS n_closed,
    count(*) FILTER (open AND age_working_days < n_days) AS n_not_yet,
    count(*) FILTER (resolved AND state = 'seen' AND days > n_days) AS n_moment_unknown,
    count(*) FILTER (NOT counted) AS n_outside_calendar
  FROM drill_complaint_resolution
  GROUP BY n_days, period_kind, period, channel, opd_id
),
judged AS (
  SELECT *, CASE
      WHEN NOT enough(n_valid) THEN 'few'
      WHEN n_moment_unknown > 0.2 * n_closed THEN 'moments_missing'
      ELSE 'ok'
    END AS verdict
  FROM counts
)
SELECT *,
  CASE WHEN verdict = 'ok' THEN n_closed_within / n_valid END AS of_valid,
  CASE WHEN verdict = 'ok' THEN n_closed_within / n_received END AS of_received,
  share(n_moment_unknown, n_closed) AS moment_unknown
FROM judged
