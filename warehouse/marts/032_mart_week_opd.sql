-- Volume and tone per week, kind and responsible agency; a document with two agencies counts
-- once for each (so agencies do not add up to the total).
SELECT
  d.week, d.kind, u.opd_id, any_value(o.short) AS opd_short, any_value(o.name) AS opd_name,
  any_value(o.grp) AS opd_group,
  count(*) AS n,
  count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
  count(*) FILTER (d.sentiment = 'netral') AS n_neutral,
  count(*) FILTER (d.sentiment = 'positif') AS n_positive
FROM mart_document d, unnest(d.opd_ids) AS u(opd_id)
LEFT JOIN dim_opd o ON o.opd_id = u.opd_id
WHERE d.relevant AND d.week IS NOT NULL
GROUP BY d.week, d.kind, u.opd_id
