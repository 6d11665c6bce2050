-- The history of a complaint is never rewritten: events are added, each once. An event is known by
-- complaint, raw status, moment, actor and note; one that was only noticed (`derived`: an export
-- shows another status than the last one did, without saying since when) by the moment it was seen.
ALTER TABLE complaint_event ADD COLUMN note_hash VARCHAR;
ALTER TABLE complaint_event ADD COLUMN seen_at TIMESTAMPTZ;
ALTER TABLE complaint_event ADD COLUMN derived BOOLEAN;
ALTER TABLE complaint_event ADD COLUMN origin VARCHAR;       -- import or dashboard
ALTER TABLE complaint_event ADD COLUMN recorded_by VARCHAR;  -- who wrote it down on the dashboard
UPDATE complaint_event SET note_hash = md5(note), derived = false, origin = 'import',
  seen_at = (SELECT d.fetched_at FROM document d WHERE d.doc_id = complaint_event.doc_id);
-- What earlier versions knew only as the current status becomes the first event of its history.
INSERT INTO complaint_event (doc_id, position, status, status_raw, seen_at, derived, origin)
SELECT c.doc_id, 0, c.status, c.status_raw, d.fetched_at, true, 'import'
FROM complaint c
JOIN document d ON d.doc_id = c.doc_id
LEFT JOIN (
  SELECT doc_id, list(status) AS statuses FROM complaint_event GROUP BY doc_id
) e ON e.doc_id = c.doc_id
WHERE e.doc_id IS NULL OR NOT list_contains(e.statuses, c.status);
-- The calendar, the meaning of statuses and the deadlines, copied from config like the other names.
CREATE TABLE dim_day (
  day DATE NOT NULL, is_working BOOLEAN NOT NULL, name VARCHAR, ordinal INTEGER NOT NULL,
  opens TIME, closes TIME, minutes_before INTEGER
);
CREATE TABLE dim_status (
  status VARCHAR NOT NULL, label VARCHAR NOT NULL, phase VARCHAR NOT NULL, reply VARCHAR
);
CREATE TABLE dim_sla (
  sla_id VARCHAR NOT NULL, priority INTEGER NOT NULL, channel VARCHAR, step VARCHAR NOT NULL,
  days INTEGER NOT NULL, unit VARCHAR NOT NULL, valid_from DATE, valid_to DATE
);
CREATE TABLE dim_admin (opd_id VARCHAR NOT NULL, n_admins INTEGER NOT NULL);
CREATE TABLE dim_automatic (kind VARCHAR NOT NULL, words VARCHAR NOT NULL);
