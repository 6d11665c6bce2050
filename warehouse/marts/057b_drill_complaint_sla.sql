-- Which complaints had a deadline of a step that fell due in a period, and what became of it.
SELECT p.period_kind, p.period, p.period_end, u.step, s.channel, s.opd_id, s.data_through, u.doc_id, u.outcome, u.waiting
FROM mart_complaint_due u
JOIN mart_complaint_scope s ON s.doc_id = u.doc_id
JOIN mart_period p ON p.day = u.due_day
WHERE u.outcome <> 'aside' AND u.due_day < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)
