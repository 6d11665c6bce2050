-- Corrections that hold: all but those that were taken back.
SELECT c.* FROM label_correction c
ANTI JOIN (SELECT doc_id, correction AS position FROM label_review WHERE action = 'undone') u
  ON u.doc_id = c.doc_id AND u.position = c.position
