-- One row per complaint with its place in the queue, without its words. `dijawab` (answered) is not `tuntas`
-- (done in the field): a status that only says "answered" leaves the complaint open.
-- `Diarsipkan` is not resolved. Ages are days in WIB up to "now": calendar days, and working days where
-- calendar.yaml knows them. `due_day` is the earliest deadline of a step that an open complaint still waits for:
-- `due_today`, or `due_next`: after today and by `next_day`, the next working day (tomorrow where no calendar says).
WITH waiting AS (
  SELECT doc_id, arg_min(step, (due_day, step)) AS due_step, min(due_day) AS due_day
  FROM mart_complaint_due WHERE waiting AND due_day IS NOT NULL GROUP BY doc_id
),
today AS (
  SELECT t.day, d.ordinal,
    coalesce((SELECT min(n.day) FROM dim_day n WHERE n.is_working AND n.day > t.day), t.day + 1) AS next_day
  FROM (
    SELECT CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS day
  ) t LEFT JOIN dim_day d ON d.day = t.day
)
SELECT
  d.doc_id, c.channel, c.ticket_id, s.status, s.status_raw, c.classification, c.category,
  c.agency, c.confidentiality, c.rating,
  d.dated_at AS received_at, d.day, d.week, d.fetched_at, d.source_id, d.source_name,
  d.relevant, d.topic, d.topic_label, d.dimension, d.opd_id, d.opd_ids, d.opd_short, d.opd_name, d.opd_group,
  d.kecamatan, d.desa_all, d.sentiment, d.needs_review,
  s.phase = 'closed' AS resolved, s.phase = 'rejected' AS set_aside, s.answered, s.phase = 'open' AS open,
  date_diff('day', d.day, today.day) AS age_days, today.ordinal - a.ordinal AS age_working_days,
  s.first_reply_at, CASE WHEN s.phase = 'closed' THEN s.ended_at END AS closed_at,
  s.disposed, s.misrouted, s.disputed, s.closed_without_work,
  w.due_step, w.due_day, coalesce(w.due_day < today.day, false) AS overdue,
  today.ordinal - z.ordinal AS overdue_working_days,
  coalesce(w.due_day = today.day, false) AS due_today,
  coalesce(w.due_day > today.day AND w.due_day <= today.next_day, false) AS due_next, today.next_day
FROM complaint c
JOIN mart_fact d ON d.doc_id = c.doc_id AND d.kind = 'complaint'  -- the kind tells which rows to read
JOIN complaint_fact s ON s.doc_id = c.doc_id
LEFT JOIN waiting w ON w.doc_id = c.doc_id
CROSS JOIN today
LEFT JOIN dim_day a ON a.day = d.day
LEFT JOIN dim_day z ON z.day = w.due_day
