-- One row per complaint with its current status: the channel's latest word, or the dashboard's if that is
-- later. A status that an export merely shows is compared by when it was seen, one with a moment of its own
-- by that moment.
WITH said AS (
  SELECT e.doc_id,
    last(e.status ORDER BY e.known_at, e.position) FILTER (e.origin = 'dashboard') AS desk_status,
    max(e.known_at) FILTER (e.origin = 'dashboard') AS desk_at,
    max(e.seen_at) FILTER (e.origin = 'dashboard') AS desk_seen_at,
    max(e.happened_at) FILTER (e.origin = 'import' AND e.status = c.status) AS shown_at,
    max(e.seen_at) FILTER (e.origin = 'import' AND e.status = c.status AND e.happened_at IS NULL) AS shown_seen_at
  FROM mart_complaint_event e JOIN complaint c ON c.doc_id = e.doc_id
  GROUP BY e.doc_id
),
latest AS (
  SELECT doc_id, desk_status FROM said
  WHERE desk_status IS NOT NULL
    AND coalesce(shown_at <= desk_at, true) AND coalesce(shown_seen_at <= desk_seen_at, true)
)
SELECT c.doc_id, c.channel, c.agency, coalesce(l.desk_status, c.status) AS status,
  coalesce(l.desk_status, c.status_raw) AS status_raw, s.phase,
  coalesce(c.received_at, d.published_at) AS received_at,
  CAST(coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS received_day
FROM complaint c
JOIN document d ON d.doc_id = c.doc_id
LEFT JOIN latest l ON l.doc_id = c.doc_id
LEFT JOIN dim_status s ON s.status = coalesce(l.desk_status, c.status)
