-- The same by kind alone: nothing is counted twice in its sum.
SELECT week, kind, n, n_stories, n_sources, n_negative, n_neutral, n_positive
FROM mart_week_total
WHERE kind <> '*'
