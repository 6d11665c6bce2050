-- Which complaints a share of those closed in time rests on: `counted` ones came in on a day that calendar.yaml knows.
SELECT n.n_days, p.period_kind, p.period, p.period_end, s.channel, s.opd_id, s.data_through, c.doc_id,
  a.ordinal IS NOT NULL AS counted, a.ordinal IS NOT NULL AND NOT c.set_aside AS valid,
  c.resolved, c.open, c.age_working_days, k.state, k.days
FROM (VALUES (5), (10), (14), (60)) AS n(n_days)
CROSS JOIN mart_complaint_scope s
JOIN mart_complaint c ON c.doc_id = s.doc_id
JOIN mart_complaint_clock k ON k.doc_id = s.doc_id AND k.clock = 'closing'
JOIN mart_period p ON p.day = c.day
LEFT JOIN dim_day a ON a.day = c.day
