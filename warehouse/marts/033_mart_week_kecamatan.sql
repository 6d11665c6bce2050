-- Volume and tone per week, kind and kecamatan; texts that name none are not guessed.
SELECT
  d.week, d.kind, u.kecamatan, any_value(k.lat) AS lat, any_value(k.lon) AS lon,
  any_value(k.population) AS population,
  count(*) AS n,
  count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
  count(*) FILTER (d.sentiment = 'positif') AS n_positive
FROM mart_document d, unnest(d.kecamatan_all) AS u(kecamatan)
LEFT JOIN dim_kecamatan k ON k.kecamatan = u.kecamatan
WHERE d.relevant AND d.week IS NOT NULL
GROUP BY d.week, d.kind, u.kecamatan
