-- I1, intake rate: complaints received in a period per 10,000 people, in the regency ('*') and in each kecamatan they name.
-- NULL below ten complaints and where places.yaml knows no population. More complaints mean better access to the
-- channels, not a worse service. The interval is that of the count (`byar_low`), the population taken as known.
WITH people AS (
  SELECT '*' AS kecamatan, population FROM dim_regency
  UNION ALL
  SELECT kecamatan, population FROM dim_kecamatan
),
counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, kecamatan, count(*) AS n
  FROM drill_intake GROUP BY period_kind, period, kecamatan
)
SELECT c.*, p.population,
  per_10000(c.n, p.population) AS rate,
  CASE WHEN enough(c.n) THEN 10000 * byar_low(c.n) / p.population END AS rate_low,
  CASE WHEN enough(c.n) THEN 10000 * byar_high(c.n) / p.population END AS rate_high
FROM counts c LEFT JOIN people p ON p.kecamatan = c.kecamatan
