-- Documents that name a kecamatan, per period and kind, and their number per 10,000 people (NULL below ten and where
-- places.yaml knows no population). The interval is that of the count (`byar_low`), the population taken as known.
SELECT c.*, k.population, per_10000(c.n, k.population) AS rate,
  CASE WHEN enough(c.n) THEN 10000 * byar_low(c.n) / k.population END AS rate_low,
  CASE WHEN enough(c.n) THEN 10000 * byar_high(c.n) / k.population END AS rate_high
FROM (
  SELECT period_kind, period, any_value(period_end) AS period_end, kecamatan, kind, count(*) AS n,
    count(DISTINCT item) AS n_items
  FROM drill_place GROUP BY period_kind, period, kecamatan, kind
) c
LEFT JOIN dim_kecamatan k ON k.kecamatan = c.kecamatan
