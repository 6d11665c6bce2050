-- Upper end of the same interval as `wilson_low`.
(p, n) AS CASE WHEN n > 0 THEN least(1.0,
  (p + 1.9207294 / n + 1.9599640 * sqrt(p * (1 - p) / n + 0.9603647 / (n * n))) / (1 + 3.8414588 / n)) END
