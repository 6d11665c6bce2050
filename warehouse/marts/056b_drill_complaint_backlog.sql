-- Which complaints were open at the end of a period, with their age in working days; not `sure`: open or not, nobody knows.
WITH ends AS (
  SELECT DISTINCT period_kind, period, period_end AS day FROM mart_period
  WHERE period_kind IN ('week', 'month')
    AND period_end < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)
    AND period >= (SELECT date_trunc('month', min(received_day)) FROM complaint_fact)
  UNION ALL
  SELECT 'now', today, today
  FROM (SELECT CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS today)
)
SELECT e.period_kind, e.period, e.day AS period_end, s.channel, s.opd_id, s.data_through, l.doc_id, l.sure,
  z.ordinal - a.ordinal AS age,
  l.sure AND coalesce(z.ordinal - a.ordinal BETWEEN 0 AND 5, false) AS in_0_5,
  l.sure AND coalesce(z.ordinal - a.ordinal BETWEEN 6 AND 14, false) AS in_6_14,
  l.sure AND coalesce(z.ordinal - a.ordinal BETWEEN 15 AND 60, false) AS in_15_60,
  l.sure AND coalesce(z.ordinal - a.ordinal > 60, false) AS in_over_60
FROM complaint_spell l
JOIN ends e ON e.day >= l.from_day AND e.day <= coalesce(l.to_day, DATE '9999-12-31')
JOIN complaint_fact c ON c.doc_id = l.doc_id
JOIN mart_complaint_scope s ON s.doc_id = l.doc_id
LEFT JOIN dim_day a ON a.day = c.received_day
LEFT JOIN dim_day z ON z.day = e.day
