-- One row per complaint as its channel shows it, with the moment and the day (WIB) it came in.
SELECT c.doc_id, c.channel, c.agency, c.status, c.status_raw,
  d.dated_at AS received_at, d.day AS received_day
FROM complaint c JOIN document_fact d ON d.doc_id = c.doc_id
