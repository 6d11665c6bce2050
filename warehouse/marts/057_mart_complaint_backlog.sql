-- What was open at the end of a period (the last day of each complete week and month, and "now"), by channel and
-- agency, with its age in working days since reception. Median and p90 are the smallest age that at least half, or
-- nine tenths, do not exceed; NULL below ten. n_unsure: open or not, nobody knows (in no other count);
-- n_outside_calendar: open, but the age is not known.
WITH counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, channel, opd_id,
    max(data_through) AS data_through,
    count(*) FILTER (sure) AS n_open,
    count(*) FILTER (in_0_5) AS n_0_5,
    count(*) FILTER (in_6_14) AS n_6_14,
    count(*) FILTER (in_15_60) AS n_15_60,
    count(*) FILTER (in_over_60) AS n_over_60,
    count(*) FILTER (sure AND age IS NULL) AS n_outside_calendar,
    count(*) FILTER (NOT sure) AS n_unsure,
    quantile_disc(age, 0.5) FILTER (sure) AS median_age, quantile_disc(age, 0.9) FILTER (sure) AS p90_age,
    max(age) FILTER (sure) AS oldest
  FROM drill_complaint_backlog GROUP BY period_kind, period, channel, opd_id
)
SELECT * REPLACE (
    CASE WHEN enough(n_open) THEN median_age END AS median_age, CASE WHEN enough(n_open) THEN p90_age END AS p90_age),
  share(n_15_60 + n_over_60, n_open) AS over_14,
  share(n_over_60, n_open) AS over_60,
  share(n_unsure, n_open + n_unsure) AS moment_unknown
FROM counts
