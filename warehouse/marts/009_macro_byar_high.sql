-- Upper end of the same interval as `byar_low`.
(n) AS (n + 1) * (1 - 1 / (9.0 * (n + 1)) + 1.9599640 / (3 * sqrt(n + 1))) ** 3
