-- What the table `complaint_spell` has to hold; `warehouse.store.facts` keeps it so. When a complaint was open: rows (doc_id, from_day, to_day, sure), days in WIB, both included; to_day is NULL while it
-- still is. Not sure: some time between these days it ended, nobody knows when (the ending was only seen).
-- A reply changes nothing; after the last event the current status holds.
WITH marks AS (
  SELECT c.doc_id, c.received_at AS moment, -1 AS position, 'open' AS phase, false AS undated
  FROM complaint_fact c WHERE c.received_at IS NOT NULL
  UNION ALL
  SELECT e.doc_id, greatest(e.known_at, c.received_at), e.position, e.phase, e.moment IS NULL
  FROM mart_complaint_event e
  JOIN complaint_fact c ON c.doc_id = e.doc_id
  WHERE NOT e.automatic AND c.received_at IS NOT NULL AND NOT (e.phase = 'open' AND e.reply IS NOT DISTINCT FROM 'reply')
),
ordered AS (
  SELECT *, CAST(moment AT TIME ZONE 'Asia/Jakarta' AS DATE) AS day,
    lead(moment) OVER w AS next_at, lead(undated) OVER w AS next_undated, lead(phase) OVER w AS next_phase,
    row_number() OVER (PARTITION BY doc_id ORDER BY moment DESC, undated DESC, position DESC) = 1 AS is_last
  FROM marks WINDOW w AS (PARTITION BY doc_id ORDER BY moment, undated, position)
),
settled AS (
  SELECT o.doc_id, o.day AS from_day, CAST(o.next_at AT TIME ZONE 'Asia/Jakarta' AS DATE) - 1 AS to_day,
    CASE WHEN o.is_last THEN c.phase ELSE o.phase END AS phase,
    NOT coalesce(o.next_undated AND o.next_phase <> 'open', false) AS sure
  FROM ordered o JOIN complaint_fact c ON c.doc_id = o.doc_id
)
SELECT doc_id, from_day, to_day, sure FROM settled
WHERE phase = 'open' AND coalesce(to_day >= from_day, true)
