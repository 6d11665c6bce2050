-- One row per complaint with its place in the queue. `dijawab` (answered) is not `tuntas`
-- (done in the field): a status that only says "answered" leaves the complaint open.
-- `Diarsipkan` is not resolved. Ages are calendar days in WIB up to "now".
SELECT
  d.doc_id, c.channel, c.ticket_id, c.status, c.status_raw, c.classification, c.category,
  c.agency, c.confidentiality, c.rating,
  d.dated_at AS received_at, d.day, d.week, d.source_id, d.source_name, d.title, d.text,
  d.relevant, d.topic, d.topic_label, d.dimension, d.opd_id, d.opd_ids, d.opd_short, d.opd_name, d.opd_group,
  d.kecamatan, d.desa_all, d.sentiment, d.needs_review,
  c.status IN ('selesai_admin', 'selesai_sistem') AS resolved,
  c.status IN ('arsip', 'tidak_layak', 'bukan_wewenang') AS set_aside,
  c.status IN ('dibalas', 'ditanggapi_pelapor', 'selesai_admin', 'selesai_sistem') AS answered,
  c.status NOT IN ('selesai_admin', 'selesai_sistem', 'arsip', 'tidak_layak', 'bukan_wewenang') AS open,
  date_diff('day', d.day, CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)) AS age_days
FROM complaint c
JOIN mart_document d ON d.doc_id = c.doc_id
