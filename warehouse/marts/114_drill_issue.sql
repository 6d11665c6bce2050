-- Which documents an issue share counts: one per story and period, its first (a document in no story stands for itself).
-- Comments answer a story and are none. `weight`: one over the root of what its source told first in the period, so that
-- an outlet with four times as many stories weighs twice, not four times (power allocation with q = 1/2, Bankier 1988,
-- Am. Stat. 42:174-177).
WITH items AS (
  SELECT p.period_kind, p.period, any_value(p.period_end) AS period_end, c.item,
    arg_min({doc_id: c.doc_id, source_id: c.source_id, dimension: c.dimension}, (c.day, c.doc_id)) AS told,
    count(*) AS n_documents,
    count(DISTINCT c.source_id) FILTER (c.copy_of IS NULL) AS n_voices
  FROM mart_counted c
  JOIN mart_period p ON p.day = c.day
  WHERE c.kind <> 'comment'
  GROUP BY p.period_kind, p.period, c.item
)
SELECT period_kind, period, period_end, coalesce(told.dimension, 'tanpa_dimensi') AS dimension, told.doc_id AS doc_id,
  n_documents, n_voices,
  1 / sqrt(count(*) OVER (PARTITION BY period_kind, period, told.source_id)) AS weight
FROM items
