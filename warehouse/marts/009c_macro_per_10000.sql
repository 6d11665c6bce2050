-- A count per 10,000 people, or NULL where it would rest on too few or the population is not known.
(n, population) AS CASE WHEN enough(n) THEN 10000 * n / population END
