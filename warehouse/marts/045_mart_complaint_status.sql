-- One row per complaint with its current status: the channel's latest word, or the dashboard's if that is
-- later. A status that an export merely shows is compared by when it was seen, one with a moment of its own
-- by that moment.
WITH desk AS (
  SELECT doc_id, last(status ORDER BY known_at, position) AS status, max(known_at) AS at_last, max(seen_at) AS written_at
  FROM mart_complaint_event WHERE origin = 'dashboard' GROUP BY doc_id
),
shown AS (
  SELECT e.doc_id, max(e.moment) AS moment, max(e.seen_at) FILTER (e.moment IS NULL) AS seen_at
  FROM mart_complaint_event e
  JOIN desk ON desk.doc_id = e.doc_id
  JOIN complaint c ON c.doc_id = e.doc_id AND c.status = e.status
  WHERE e.origin = 'import' GROUP BY e.doc_id
),
latest AS (
  SELECT d.doc_id, d.status AS desk_status
  FROM desk d LEFT JOIN shown s ON s.doc_id = d.doc_id
  WHERE coalesce(s.moment <= d.at_last, true) AND coalesce(s.seen_at <= d.written_at, true)
)
SELECT c.doc_id, c.channel, c.agency, coalesce(l.desk_status, c.status) AS status,
  coalesce(l.desk_status, c.status_raw) AS status_raw, s.phase, c.received_at, c.received_day
FROM mart_complaint_received c
LEFT JOIN latest l ON l.doc_id = c.doc_id
LEFT JOIN dim_status s ON s.status = coalesce(l.desk_status, c.status)
