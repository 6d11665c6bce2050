-- From how many of the last 8 complete weeks on an issue is said to come back.
(n_weeks) AS n_weeks >= 3
