-- What the table `complaint_fact` has to hold; `warehouse.store.facts` keeps it so.
-- One row per complaint with the moments of its steps (…_at) and of the first sign of each (…_by).
-- Answered and done are two moments. The moment of a step is known only if its first sign carries one: what an
-- export merely shows leaves it unknown.
-- A reply does not reopen a closed case; any other open status does, and the last closing counts.
-- The agency's own clock runs from the disposition to the first reply on the same day (WIB) or later.
WITH events AS MATERIALIZED (
  SELECT doc_id, position, status, phase, moment, known_at AS known, automatic, reply FROM mart_complaint_event
),
marks AS (
  SELECT doc_id,
    min(moment) FILTER (status = 'didisposisi') AS disposed_at,
    max(known) FILTER (phase = 'open' AND NOT automatic AND reply IS DISTINCT FROM 'reply') AS open_at
  FROM events GROUP BY doc_id
),
since AS (
  SELECT e.*, m.disposed_at, e.phase = c.phase AND c.phase <> 'open' AS ending,
    ending AND coalesce(e.known >= m.open_at, true) AS still_ended,
    -- by days: a reply of which only the day is known would otherwise come before its own disposition
    e.reply IS NOT NULL AND date_trunc('day', e.known AT TIME ZONE 'Asia/Jakarta')
      >= date_trunc('day', m.disposed_at AT TIME ZONE 'Asia/Jakarta') AS since_disposed
  FROM events e
  JOIN mart_complaint_status c ON c.doc_id = e.doc_id
  JOIN marks m ON m.doc_id = e.doc_id
),
facts AS (
  SELECT doc_id,
    any_value(disposed_at) AS disposed_at,
    count(*) FILTER (status = 'didisposisi') > 0 AS has_disposition,
    min(moment) FILTER (status <> 'baru' AND NOT automatic) AS verified_at,
    min(known) FILTER (status <> 'baru' AND NOT automatic) AS verified_by,
    min(moment) FILTER (reply IN ('reply', 'with_note')) AS reply_at,
    min(known) FILTER (reply IS NOT NULL) AS reply_by,
    min(moment) FILTER (reply IN ('reply', 'with_note') AND since_disposed) AS agency_reply_at,
    min(known) FILTER (since_disposed) AS agency_reply_by,
    max(moment) FILTER (status = 'ditanggapi_pelapor') AS reporter_answered_at,
    count(*) FILTER (status = 'ditanggapi_pelapor') > 0 AS disputed,
    count(*) FILTER (status = 'bukan_wewenang') > 0
      OR coalesce(max(known) FILTER (status = 'didisposisi') > min(known) FILTER (status IN ('diproses', 'bukan_wewenang')), false)
      AS handed_over,
    coalesce(list(date_trunc('minute', moment)) FILTER (status = 'diproses' AND moment IS NOT NULL), []) AS worked,
    -- the first ending that nothing opened again; where there is none (a chat that goes on), the last
    CASE WHEN bool_or(still_ended) THEN min(moment) FILTER (still_ended) ELSE max(moment) FILTER (ending) END AS ended_at,
    CASE WHEN bool_or(still_ended) THEN min(known) FILTER (still_ended) ELSE max(known) FILTER (ending) END AS ended_by,
    max(known) AS last_event_at,
    last(moment ORDER BY known, position) FILTER (NOT automatic) AS last_moment,
    last(coalesce(reply, '') ORDER BY known, position) FILTER (NOT automatic) AS last_reply
  FROM since GROUP BY doc_id
)
SELECT c.doc_id, c.channel, c.agency, c.status, c.status_raw, c.phase, c.received_at, c.received_day,
  CASE WHEN f.verified_at <= f.verified_by THEN f.verified_at END AS verified_at, f.verified_by,
  f.disposed_at,
  CASE WHEN f.reply_at <= f.reply_by THEN f.reply_at END AS first_reply_at, f.reply_by AS first_reply_by,
  CASE WHEN f.agency_reply_at <= f.agency_reply_by THEN f.agency_reply_at END AS agency_reply_at, f.agency_reply_by,
  CASE WHEN f.ended_at <= f.ended_by THEN f.ended_at END AS ended_at, f.ended_by,
  f.reporter_answered_at, f.last_event_at,
  f.reply_by IS NOT NULL AS answered,
  coalesce(f.disputed, false) AS disputed,
  coalesce(f.has_disposition, false) OR coalesce(c.agency, '') <> '' AS disposed,
  (coalesce(f.has_disposition, false) OR coalesce(c.agency, '') <> '') AND coalesce(f.handed_over, false) AS misrouted,
  coalesce(c.phase = 'closed' AND f.ended_at <= f.ended_by
    AND list_contains(f.worked, date_trunc('minute', f.ended_at)), false) AS closed_without_work,
  -- of the last event that is no automatic one; '' is none of the replies
  f.last_moment, f.last_reply
FROM mart_complaint_status c
LEFT JOIN facts f ON f.doc_id = c.doc_id
