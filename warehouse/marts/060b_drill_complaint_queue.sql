-- Every complaint with its place in the queue as of "now", by channel and agency.
SELECT 'now' AS period_kind, t.today AS period, t.today AS period_end, s.channel, s.opd_id, s.data_through, c.doc_id, c.day, c.opd_ids,
  c.open, c.open AND c.overdue AS overdue, c.open AND NOT c.answered AS unanswered, c.open AND c.age_days > 14 AS late,
  c.answered, c.resolved, c.set_aside, c.age_days
FROM mart_complaint_scope s
JOIN mart_complaint c ON c.doc_id = s.doc_id
CROSS JOIN (SELECT CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS today) t
