-- Which complaints the numbers of a period rest on, by channel and agency, with what became of each.
SELECT p.period_kind, p.period, p.period_end, s.channel, s.opd_id, s.data_through, c.doc_id, c.status,
  NOT c.set_aside AS valid, c.answered, c.open, c.resolved, c.closed_without_work, c.disputed, c.disposed, c.misrouted,
  c.rating, c.rating IS NOT NULL AS rated, c.first_reply_at, c.closed_at
FROM mart_complaint_scope s
JOIN mart_complaint c ON c.doc_id = s.doc_id
JOIN mart_period p ON p.day = c.day
