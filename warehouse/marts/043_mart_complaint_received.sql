-- One row per complaint as its channel shows it, with the moment and the day (WIB) it came in.
SELECT c.doc_id, c.channel, c.agency, c.status, c.status_raw,
  coalesce(c.received_at, d.published_at) AS received_at,
  CAST(coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS received_day
FROM complaint c JOIN document d ON d.doc_id = c.doc_id
