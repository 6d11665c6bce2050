-- League tables of shares. `share` = k ÷ n with its 95 % interval (`wilson_low`); `shrunk` is pulled toward the mean of all
-- units, the more the fewer n: (k + m·mean) ÷ (n + m), the posterior mean of a beta distribution whose mean and strength
-- m come from the units themselves by moments (Kleinman 1973, J. Am. Stat. Assoc. 68:46-54; weights n):
--   S = sum n (share - mean)²; g = (S ÷ (mean (1 - mean)) - (K - 1)) ÷ (N - K + 1 - sum n² ÷ N), cut to 0..1; m = 1 ÷ g - 1.
-- g = 0: the units differ no more than by chance, and all are shrunk to the mean. Units below ten enter the mean and get
-- no share, no interval and no rank. Ranks go from the largest share: rank_first and rank_last are the best and the worst
-- place that the intervals allow, a unit being surely before another only where their intervals do not touch
-- (Goldstein and Spiegelhalter 1996, J. R. Stat. Soc. A 159:385-443). All n here are effective numbers.
-- (Windows rather than joins: a filter on league and period then reaches the documents.)
WITH unit AS (
  SELECT *, k / n AS p, k / n * n_effective AS k_effective FROM mart_league_entry
),
mean AS (
  SELECT *, count(*) OVER l AS units, sum(n_effective) OVER l AS total, sum(n_effective * n_effective) OVER l AS squares,
    sum(k_effective) OVER l / sum(n_effective) OVER l AS mean
  FROM unit WINDOW l AS (PARTITION BY league, period_kind, period)
),
spread AS (
  SELECT *, sum(n_effective * (p - mean) ** 2) OVER l / nullif(mean * (1 - mean), 0) AS s,
    total - units + 1 - squares / total AS room
  FROM mean WINDOW l AS (PARTITION BY league, period_kind, period)
),
prior AS (
  SELECT *, CASE WHEN room > 1e-9 THEN least(greatest(coalesce((s - (units - 1)) / room, 0), 0), 1) ELSE 0 END AS g FROM spread
),
judged AS (
  SELECT league, period_kind, period, period_end, unit_id, n, k, n_effective, mean,
    CASE WHEN g > 0 THEN 1 / g - 1 END AS strength,
    share(k, n) AS share,
    CASE WHEN enough(n) THEN wilson_low(p, n_effective) END AS low,
    CASE WHEN enough(n) THEN wilson_high(p, n_effective) END AS high,
    CASE WHEN NOT enough(n) THEN NULL WHEN g = 0 THEN mean
      ELSE (k_effective + (1 / g - 1) * mean) / (n_effective + 1 / g - 1) END AS shrunk
  FROM prior
),
beside AS (
  SELECT *, list({low: low, high: high}) FILTER (low IS NOT NULL) OVER (PARTITION BY league, period_kind, period) AS ranked
  FROM judged
)
SELECT b.* EXCLUDE (ranked), coalesce(o.short, b.unit_id) AS unit, o.grp AS unit_group,
  CASE WHEN b.low IS NOT NULL THEN 1 + len(list_filter(b.ranked, lambda x: x.low > b.high)) END AS rank_first,
  CASE WHEN b.low IS NOT NULL THEN len(b.ranked) - len(list_filter(b.ranked, lambda x: x.high < b.low)) END AS rank_last,
  CASE WHEN b.low IS NOT NULL THEN len(b.ranked) END AS n_ranked
FROM beside b
LEFT JOIN dim_opd o ON o.opd_id = b.unit_id
