-- Volume per week, agency, and topic or kecamatan; a document that names two kecamatan counts once for each.
SELECT week, opd_id, other, other_id, count(*) AS n, count(DISTINCT item) AS n_items,
  count(*) FILTER (kind = 'complaint') AS n_complaints,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive
FROM drill_opd_pair
GROUP BY week, opd_id, other, other_id
