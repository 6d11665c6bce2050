-- How far a count n of one week is from the mean of the four weeks before, in standard deviations of chance: both are made
-- of like variance by the root (Anscombe 1948, Biometrika 35:246-254), and a mean of four has a quarter of the variance of one.
(n, mean_before) AS 2 * (sqrt(n + 0.375) - sqrt(mean_before + 0.375)) / sqrt(1.25)
