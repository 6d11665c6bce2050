-- Which complaints a time to the first reply rests on, and what each took, in working days and office minutes.
SELECT k.clock, u.unit, p.period_kind, p.period, p.period_end, s.channel, s.opd_id, s.data_through, k.doc_id, k.state,
  CASE u.unit WHEN 'days' THEN k.days ELSE k.minutes END AS took
FROM mart_complaint_clock k
CROSS JOIN (VALUES ('days'), ('minutes')) AS u(unit)
JOIN mart_complaint_scope s ON s.doc_id = k.doc_id
JOIN complaint_fact c ON c.doc_id = k.doc_id
JOIN mart_period p ON p.day = c.received_day
WHERE k.clock IN ('reply', 'agency_reply')
