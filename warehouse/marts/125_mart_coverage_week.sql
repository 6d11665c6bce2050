-- Source coverage of a week: sources reached ÷ sources expected (see `drill_source_week`). A week in which no source
-- was expected has no row.
SELECT week, count(*) AS n_expected, count(*) FILTER (reached) AS n_reached,
  count(*) FILTER (reached) / count(*) AS coverage
FROM drill_source_week
GROUP BY week
