-- Texts whose labels a person has judged, and whether that was after models were trained last.
SELECT c.doc_id, max(c.corrected_at) AS judged_at,
  coalesce(max(c.corrected_at) > (SELECT max(started_at) FROM run WHERE stage = 'train' AND status = 'ok'), true) AS fresh
FROM label_correction_now c
GROUP BY c.doc_id
