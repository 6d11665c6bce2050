-- Records that were looked at and are still not kept: one row per record (its source and its key) with the newest
-- reason, how often it was rejected, and who asked for one more try that has not been made yet.
-- Out of quarantine: what a retry settled, and what a later run fetched from the same address. What was erased at a
-- person's request never was a record to try again.
WITH refused AS (
  SELECT record_of(source_id, record_key) AS record_id, source_id, record_key, reason, detail,
    rejected_at, run_id
  FROM rejected WHERE reason <> 'erased'
),
settled AS (
  SELECT record_id, max(tried_at) AS tried_at FROM quarantine_retry WHERE outcome = 'settled' GROUP BY record_id
),
newest AS (
  SELECT r.record_id, r.source_id, r.record_key, count(*) AS n_times,
    arg_max(r.reason, (r.rejected_at, r.run_id)) AS reason, arg_max(r.detail, (r.rejected_at, r.run_id)) AS detail,
    min(r.rejected_at) AS first_at, max(r.rejected_at) AS last_at
  FROM refused r LEFT JOIN settled s ON s.record_id = r.record_id
  WHERE s.tried_at IS NULL OR r.rejected_at > s.tried_at
  GROUP BY r.record_id, r.source_id, r.record_key
),
asked AS (
  SELECT record_id, max(asked_at) AS asked_at, arg_max(asked_by, asked_at) AS asked_by, max(lined_at) AS lined_at
  FROM quarantine_retry WHERE outcome IS NULL GROUP BY record_id
)
SELECT n.record_id, n.source_id, n.record_key, n.reason, n.detail, n.n_times, n.first_at, n.last_at,
  a.asked_at, a.asked_by, a.lined_at
FROM newest n LEFT JOIN asked a ON a.record_id = n.record_id
ANTI JOIN document d ON d.source_id = n.source_id AND d.url = n.record_key AND d.fetched_at >= n.last_at
