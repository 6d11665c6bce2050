-- What became of the complaints received in a period, by channel and agency. Each share stands beside its counts
-- and is NULL where it would rest on fewer than ten.
-- n_received = n_valid + n_invalid (archived, not fit) + n_not_ours; n_unscreened of the valid ones were not looked at.
-- validity = valid ÷ received; unanswered = open without a reply ÷ valid; dispute = answered back by the reporter ÷
-- replied; misroute = handed back or disposed again ÷ disposed; rating: mean of those given (nobody has to).
WITH counts AS (
  SELECT p.period_kind, p.period, any_value(p.period_end) AS period_end, s.channel, s.opd_id,
    max(s.data_through) AS data_through,
    count(*) AS n_received,
    count(*) FILTER (NOT c.set_aside) AS n_valid,
    count(*) FILTER (c.status IN ('arsip', 'tidak_layak')) AS n_invalid,
    count(*) FILTER (c.status = 'bukan_wewenang') AS n_not_ours,
    count(*) FILTER (c.status = 'baru') AS n_unscreened,
    count(*) FILTER (c.answered) AS n_answered,
    count(*) FILTER (c.open AND NOT c.answered) AS n_unanswered,
    count(*) FILTER (c.resolved) AS n_closed,
    count(*) FILTER (c.closed_without_work) AS n_closed_without_work,
    count(*) FILTER (c.disputed) AS n_disputed,
    count(*) FILTER (c.disposed) AS n_disposed,
    count(*) FILTER (c.misrouted) AS n_misrouted,
    count(c.rating) AS n_rated, avg(c.rating) AS rating,
    count(*) FILTER (c.answered AND c.first_reply_at IS NULL) AS n_reply_moment_unknown,
    count(*) FILTER (c.resolved AND c.closed_at IS NULL) AS n_closing_moment_unknown
  FROM mart_complaint_scope s
  JOIN mart_complaint c ON c.doc_id = s.doc_id
  JOIN mart_period p ON p.day = c.day
  GROUP BY p.period_kind, p.period, s.channel, s.opd_id
)
SELECT * REPLACE (CASE WHEN n_rated >= 10 THEN rating END AS rating),
  CASE WHEN n_received >= 10 THEN n_valid / n_received END AS validity,
  CASE WHEN n_valid >= 10 THEN n_unanswered / n_valid END AS unanswered,
  CASE WHEN n_answered >= 10 THEN n_disputed / n_answered END AS dispute,
  CASE WHEN n_disposed >= 10 THEN n_misrouted / n_disposed END AS misroute,
  CASE WHEN n_answered >= 10 THEN n_reply_moment_unknown / n_answered END AS reply_moment_unknown,
  CASE WHEN n_closed >= 10 THEN n_closing_moment_unknown / n_closed END AS closing_moment_unknown
FROM counts
