-- One row per office and week (Monday): articles of the press that name the office, and how many of
-- them repeat a release of the government that names it too. Texts that repeat each other are one
-- family; which of them came first does not matter, because outlets often publish a release before
-- the office's own page does. An article counts for every office it names.
WITH named AS (
  SELECT coalesce(copy_of, doc_id) AS family, source_kind, week, unnest(opd_ids) AS opd_id
  FROM mart_document WHERE kind = 'news' AND relevant AND week IS NOT NULL
),
released AS (SELECT DISTINCT family, opd_id FROM named WHERE source_kind = 'government')
SELECT
  n.week, n.opd_id, o.short AS opd_short, o.name AS opd_name,
  count(*) AS n_articles, count(*) FILTER (r.family IS NOT NULL) AS n_echo
FROM named n
LEFT JOIN released r ON r.family = n.family AND r.opd_id = n.opd_id
LEFT JOIN dim_opd o ON o.opd_id = n.opd_id
WHERE n.source_kind IS DISTINCT FROM 'government'
GROUP BY ALL
