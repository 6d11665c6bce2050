-- League table of intake rates (I1) of the kecamatan whose population is known, those without a complaint included.
-- `shrunk` is pulled toward the rate of all of them, the more the fewer people: the global empirical Bayes estimator by
-- moments of Marshall (1991, Appl. Stat. 40:283-294): v = sum pop (rate - mean)² ÷ sum pop - mean ÷ mean pop, cut at 0;
-- shrunk = mean + v ÷ (v + mean ÷ pop) · (rate - mean). Rates, intervals and ranks as in `mart_intake` and `mart_league`.
WITH unit AS (
  SELECT p.period_kind, p.period, p.period_end, k.kecamatan, k.population, coalesce(i.n, 0) AS n,
    coalesce(i.n, 0) / k.population AS r, i.rate, i.rate_low AS low, i.rate_high AS high
  FROM (SELECT DISTINCT period_kind, period, period_end FROM drill_intake) p
  CROSS JOIN (FROM dim_kecamatan WHERE population IS NOT NULL) k
  LEFT JOIN mart_intake i ON i.period_kind = p.period_kind AND i.period = p.period AND i.kecamatan = k.kecamatan
),
mean AS (
  SELECT *, sum(n) OVER p / sum(population) OVER p AS m, avg(population) OVER p AS people
  FROM unit WINDOW p AS (PARTITION BY period_kind, period)
),
prior AS (
  SELECT *, greatest(
    sum(population * (r - m) ** 2) OVER p / sum(population) OVER p - m / people, 0) AS v
  FROM mean WINDOW p AS (PARTITION BY period_kind, period)
),
beside AS (
  SELECT *, list({low: low, high: high}) FILTER (low IS NOT NULL) OVER (PARTITION BY period_kind, period) AS ranked
  FROM prior
)
SELECT period_kind, period, period_end, kecamatan AS unit_id, kecamatan AS unit, population, n, rate, low, high,
  10000 * m AS mean,
  CASE WHEN enough(n) THEN 10000 * (m + coalesce(v / nullif(v + m / population, 0), 0) * (r - m)) END AS shrunk,
  CASE WHEN low IS NOT NULL THEN 1 + len(list_filter(ranked, lambda x: x.low > high)) END AS rank_first,
  CASE WHEN low IS NOT NULL THEN len(ranked) - len(list_filter(ranked, lambda x: x.high < low)) END AS rank_last,
  CASE WHEN low IS NOT NULL THEN len(ranked) END AS n_ranked
FROM beside
