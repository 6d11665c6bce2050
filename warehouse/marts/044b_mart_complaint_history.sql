-- The life of complaints in the order they are told: first its reception, then its events. The note of a confidential
-- complaint is not told.
SELECT r.doc_id, -1 AS step, r.received_at AS moment, NULL::TIMESTAMPTZ AS seen_at, 'baru' AS status, NULL AS status_raw,
  'Diterima' AS label, NULL AS actor, NULL AS note, false AS automatic, false AS derived, 'import' AS origin,
  NULL AS recorded_by
FROM mart_complaint_received r
UNION ALL
SELECT e.doc_id, row_number() OVER (PARTITION BY e.doc_id ORDER BY e.known_at, e.derived, e.position) AS step,
  e.moment, e.seen_at, e.status, e.status_raw, s.label, e.actor,
  CASE WHEN c.confidentiality <> 'rahasia' THEN e.note END AS note, e.automatic, e.derived, e.origin, e.recorded_by
FROM mart_complaint_event e
JOIN complaint c ON c.doc_id = e.doc_id
LEFT JOIN dim_status s ON s.status = e.status
