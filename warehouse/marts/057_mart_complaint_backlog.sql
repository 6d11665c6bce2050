-- What was open at the end of a period (the last day of each complete week and month, and "now"), by channel and
-- agency, with its age in working days since reception. Median and p90 are the smallest age that at least half, or
-- nine tenths, do not exceed; NULL below ten. n_unsure: open or not, nobody knows (in no other count);
-- n_outside_calendar: open, but the age is not known.
WITH ends AS (
  SELECT DISTINCT period_kind, period, period_end AS day FROM mart_period
  WHERE period_kind IN ('week', 'month')
    AND period_end < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE)
    AND period >= (SELECT date_trunc('month', min(received_day)) FROM mart_complaint_status)
  UNION ALL
  SELECT 'now', today, today
  FROM (SELECT CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS today)
),
aged AS (
  SELECT e.period_kind, e.period, e.day AS period_end, s.channel, s.opd_id, s.data_through, l.sure,
    z.ordinal - a.ordinal AS age
  FROM mart_complaint_spell l
  JOIN ends e ON e.day >= l.from_day AND e.day <= coalesce(l.to_day, DATE '9999-12-31')
  JOIN mart_complaint_status c ON c.doc_id = l.doc_id
  JOIN mart_complaint_scope s ON s.doc_id = l.doc_id
  LEFT JOIN dim_day a ON a.day = c.received_day
  LEFT JOIN dim_day z ON z.day = e.day
),
counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, channel, opd_id,
    max(data_through) AS data_through,
    count(*) FILTER (sure) AS n_open,
    count(*) FILTER (sure AND age BETWEEN 0 AND 5) AS n_0_5,
    count(*) FILTER (sure AND age BETWEEN 6 AND 14) AS n_6_14,
    count(*) FILTER (sure AND age BETWEEN 15 AND 60) AS n_15_60,
    count(*) FILTER (sure AND age > 60) AS n_over_60,
    count(*) FILTER (sure AND age IS NULL) AS n_outside_calendar,
    count(*) FILTER (NOT sure) AS n_unsure,
    quantile_disc(age, 0.5) FILTER (sure) AS median_age, quantile_disc(age, 0.9) FILTER (sure) AS p90_age,
    max(age) FILTER (sure) AS oldest
  FROM aged GROUP BY period_kind, period, channel, opd_id
)
SELECT * REPLACE (
    CASE WHEN n_open >= 10 THEN median_age END AS median_age, CASE WHEN n_open >= 10 THEN p90_age END AS p90_age),
  CASE WHEN n_open >= 10 THEN (n_15_60 + n_over_60) / n_open END AS over_14,
  CASE WHEN n_open >= 10 THEN n_over_60 / n_open END AS over_60,
  CASE WHEN n_open + n_unsure >= 10 THEN n_unsure / (n_open + n_unsure) END AS moment_unknown
FROM counts
