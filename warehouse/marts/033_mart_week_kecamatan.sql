-- Volume and tone per week, kind and kecamatan; texts that name none are not guessed.
SELECT c.*, k.lat, k.lon, k.population
FROM (
  SELECT
    d.week, d.kind, d.kecamatan,
    count(*) AS n,
    count(*) FILTER (d.sentiment = 'negatif') AS n_negative,
    count(*) FILTER (d.sentiment = 'positif') AS n_positive
  FROM (SELECT week, kind, sentiment, unnest(kecamatan_all) AS kecamatan FROM document_fact WHERE relevant AND week IS NOT NULL) d
  GROUP BY d.week, d.kind, d.kecamatan
) c
LEFT JOIN dim_kecamatan k ON k.kecamatan = c.kecamatan
