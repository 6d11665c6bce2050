-- Open complaints per admin as of "now", by channel and agency: load = n_open ÷ n_admins. Admins are those of
-- complaints.yaml (one per agency unless it says otherwise) in agencies that are active: with an open complaint, or one
-- received in the last 12 complete weeks. A complaint with two agencies counts once for each, and once in '*'.
-- n_unassigned: open ones of '*' whose agency has no admin of the regency (none found yet, or not the regency's).
WITH bounds AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
counts AS (
  SELECT channel, opd_id, max(data_through) AS data_through,
    count(*) FILTER (open) AS n_open,
    count(*) FILTER (open AND NOT list_has_any(opd_ids, (SELECT list(opd_id) FROM dim_admin WHERE n_admins > 0))) AS n_unassigned,
    bool_or(open OR (day >= b.this_week - INTERVAL 84 DAY AND day < b.this_week)) AS active
  FROM drill_complaint_queue CROSS JOIN bounds b
  GROUP BY channel, opd_id
),
admins AS (
  SELECT c.channel, c.opd_id, a.n_admins, 1 AS n_agencies
  FROM counts c JOIN dim_admin a ON a.opd_id = c.opd_id WHERE c.active AND a.n_admins > 0
),
summed AS (
  FROM admins
  UNION ALL
  SELECT channel, '*', CAST(sum(n_admins) AS INTEGER), CAST(count(*) AS INTEGER) FROM admins GROUP BY channel
)
SELECT 'now' AS period_kind, CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS period,
  period AS period_end, c.channel, c.opd_id, c.data_through, c.n_open,
  CASE WHEN c.opd_id = '*' THEN c.n_unassigned ELSE 0 END AS n_unassigned,
  coalesce(s.n_admins, 0) AS n_admins, coalesce(s.n_agencies, 0) AS n_agencies,
  c.n_open / nullif(s.n_admins, 0) AS load, CAST(NULL AS DOUBLE) AS moment_unknown
FROM counts c
LEFT JOIN summed s ON s.channel = c.channel AND s.opd_id = c.opd_id
