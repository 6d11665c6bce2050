-- Lower end of the 95 % score interval of a proportion p of n (Wilson 1927, J. Am. Stat. Assoc. 22:209-212);
-- n need not be whole. NULL where n is 0.
(p, n) AS CASE WHEN n > 0 THEN greatest(0.0,
  (p + 1.9207294 / n - 1.9599640 * sqrt(p * (1 - p) / n + 0.9603647 / (n * n))) / (1 + 3.8414588 / n)) END
