-- Volume and tone per week, kind and responsible agency; a document with two agencies counts
-- once for each (so agencies do not add up to the total).
SELECT c.*, o.short AS opd_short, o.name AS opd_name, o.grp AS opd_group
FROM (
  SELECT
    d.week, d.kind, d.opd_id,
    count(*) AS n,
    count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
    count(*) FILTER (d.sentiment = 'netral') AS n_neutral,
    count(*) FILTER (d.sentiment = 'positif') AS n_positive
  FROM (SELECT week, kind, sentiment, unnest(opd_ids) AS opd_id FROM document_fact WHERE relevant AND week IS NOT NULL) d
  GROUP BY d.week, d.kind, d.opd_id
) c
LEFT JOIN dim_opd o ON o.opd_id = c.opd_id
