-- Source coverage of a week: sources reached ÷ sources expected (see `drill_source_week`). A week in which no source
-- was expected has no row; nor has one that was read later almost as a whole: where fewer than a fifth of those that
-- have something of that week had been tried by then, the few say nothing about what is missing.
WITH later AS (
  SELECT f.week, count(DISTINCT f.source_id) AS n
  FROM mart_fact f JOIN dim_source d ON d.source_id = f.source_id
  ANTI JOIN drill_source_week s ON s.source_id = f.source_id AND s.week = f.week
  WHERE f.week IS NOT NULL AND f.kind <> 'comment'
  GROUP BY f.week
)
SELECT s.week, count(*) AS n_expected, count(*) FILTER (s.reached) AS n_reached,
  count(*) FILTER (s.reached) / count(*) AS coverage
FROM drill_source_week s LEFT JOIN later l ON l.week = s.week
GROUP BY s.week
HAVING 4 * count(*) >= coalesce(any_value(l.n), 0)
