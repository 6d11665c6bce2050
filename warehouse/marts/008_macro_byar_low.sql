-- Lower end of the 95 % interval of a count n (Byar's approximation to the exact Poisson limits; Breslow and Day 1987,
-- Statistical Methods in Cancer Research II, p. 69).
(n) AS CASE WHEN n > 0 THEN n * (1 - 1 / (9.0 * n) - 1.9599640 / (3 * sqrt(n))) ** 3 ELSE 0.0 END
