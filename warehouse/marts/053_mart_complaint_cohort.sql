-- What became of the complaints received in a period, by channel and agency. Each share stands beside its counts
-- and is NULL where it would rest on fewer than ten.
-- n_received = n_valid + n_invalid (archived, not fit) + n_not_ours; n_unscreened of the valid ones were not looked at.
-- validity = valid ÷ received; unanswered = open without a reply ÷ valid; dispute = answered back by the reporter ÷
-- replied; misroute = handed back or disposed again ÷ disposed; rating: mean of those given (nobody has to).
WITH counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, channel, opd_id,
    max(data_through) AS data_through,
    count(*) AS n_received,
    count(*) FILTER (valid) AS n_valid,
    count(*) FILTER (status IN ('arsip', 'tidak_layak')) AS n_invalid,
    count(*) FILTER (status = 'bukan_wewenang') AS n_not_ours,
    count(*) FILTER (status = 'baru') AS n_unscreened,
    count(*) FILTER (answered) AS n_answered,
    count(*) FILTER (open AND NOT answered) AS n_unanswered,
    count(*) FILTER (resolved) AS n_closed,
    count(*) FILTER (closed_without_work) AS n_closed_without_work,
    count(*) FILTER (disputed) AS n_disputed,
    count(*) FILTER (disposed) AS n_disposed,
    count(*) FILTER (misrouted) AS n_misrouted,
    count(rating) AS n_rated, avg(rating) AS rating,
    count(*) FILTER (answered AND first_reply_at IS NULL) AS n_reply_moment_unknown,
    count(*) FILTER (resolved AND closed_at IS NULL) AS n_closing_moment_unknown
  FROM drill_complaint_cohort
  GROUP BY period_kind, period, channel, opd_id
)
SELECT * REPLACE (CASE WHEN enough(n_rated) THEN rating END AS rating),
  share(n_valid, n_received) AS validity,
  share(n_unanswered, n_valid) AS unanswered,
  share(n_disputed, n_answered) AS dispute,
  share(n_misrouted, n_disposed) AS misroute,
  share(n_reply_moment_unknown, n_answered) AS reply_moment_unknown,
  share(n_closing_moment_unknown, n_closed) AS closing_moment_unknown
FROM counts
