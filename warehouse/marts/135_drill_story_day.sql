-- Which articles of a story came on which day, and how: `release` of a government's own page, `copy` of an earlier text, or
-- an outlet's `own` text.
SELECT story_id, day,
  CASE WHEN source_kind = 'government' THEN 'release' WHEN copy_of IS NOT NULL THEN 'copy' ELSE 'own' END AS voice,
  doc_id, source_id
FROM mart_fact
WHERE relevant AND story_id IS NOT NULL AND day IS NOT NULL
