-- Which articles of the press a story has, and whether each repeats a text that a government published too (whoever came
-- first: outlets often publish a release before the office's own page does).
WITH family AS (
  SELECT story_id, doc_id, coalesce(copy_of, doc_id) AS root, source_kind = 'government' AS released
  FROM mart_fact WHERE relevant AND story_id IS NOT NULL
),
told AS (
  SELECT story_id, doc_id, released, bool_or(released) OVER (PARTITION BY story_id, root) AS echo FROM family
)
SELECT story_id, doc_id, echo FROM told WHERE NOT coalesce(released, false)
