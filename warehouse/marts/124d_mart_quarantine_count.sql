-- How many records are in quarantine for which reason, and for how many of them one more try was asked.
SELECT source_id, reason, count(*) AS n, count(asked_at) AS n_asked
FROM mart_quarantine GROUP BY source_id, reason
