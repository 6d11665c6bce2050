-- The mood of the comments under one document.
SELECT
  parent_id, count(*) AS n_comments,
  count(*) FILTER (relevant AND sentiment = 'negatif') AS n_negative,
  count(*) FILTER (relevant AND sentiment = 'netral') AS n_neutral,
  count(*) FILTER (relevant AND sentiment = 'positif') AS n_positive
FROM document_fact
WHERE kind = 'comment' AND parent_id IS NOT NULL
GROUP BY parent_id
