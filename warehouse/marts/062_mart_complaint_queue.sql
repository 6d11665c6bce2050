-- The queue as of "now", by channel and agency: all complaints that are known, whenever they came in. late: open for more
-- than 14 calendar days; overdue: the deadline of the step they wait for is over. Answered is not resolved.
SELECT period_kind, period, any_value(period_end) AS period_end, channel, opd_id, max(data_through) AS data_through, count(*) AS n,
  count(*) FILTER (open) AS n_open, count(*) FILTER (overdue) AS n_overdue, count(*) FILTER (unanswered) AS n_unanswered,
  count(*) FILTER (late) AS n_late, count(*) FILTER (answered) AS n_answered,
  count(*) FILTER (resolved) AS n_resolved, count(*) FILTER (set_aside) AS n_set_aside,
  median(age_days) FILTER (open) AS median_open_age
FROM drill_complaint_queue
GROUP BY period_kind, period, channel, opd_id
