-- Which documents make an issue recur: topic and desa in the last 8 complete weeks before "now". A desa name that stands in
-- several kecamatan counts only where the text names one of these; it is not guessed.
WITH bounds AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
homes AS (
  SELECT desa, kecamatan, count(*) OVER (PARTITION BY desa) > 1 AS shared FROM dim_desa
),
told AS (
  SELECT c.doc_id, c.item, c.week, c.topic, c.kecamatan_all, unnest(c.desa_all) AS desa, b.this_week
  FROM mart_counted c CROSS JOIN bounds b
  WHERE c.topic IS NOT NULL AND c.week >= b.this_week - INTERVAL 56 DAY AND c.week < b.this_week
)
SELECT t.topic, t.desa, h.kecamatan, t.doc_id, t.item, t.week,
  CAST(t.this_week - INTERVAL 56 DAY AS DATE) AS period, CAST(t.this_week - INTERVAL 1 DAY AS DATE) AS period_end
FROM told t
JOIN homes h ON h.desa = t.desa AND (NOT h.shared OR list_contains(t.kecamatan_all, h.kecamatan))
JOIN dim_topic k ON k.topic = t.topic AND k.dimension IS NOT NULL
