-- The checking of labels in numbers, one row: texts that wait, texts whose labels a person has judged, and how many of
-- these since models were trained last. A correction that only says "right as it is" counts too: models learn from it.
SELECT
  (SELECT count(*) FROM mart_review_queue) AS n_waiting,
  (SELECT count(*) FROM drill_review) AS n_judged,
  (SELECT count(*) FROM drill_review WHERE fresh) AS n_new,
  (SELECT max(started_at) FROM run WHERE stage = 'train' AND status = 'ok') AS trained_at
