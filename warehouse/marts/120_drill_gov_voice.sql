-- Which stories a share of government voice counts, each by its first article: news stories with more negative than
-- positive articles, by the period they began in, in all ('*') and per agency of the first article. `voiced`: within 48
-- hours of its beginning an article of the story names an office of the regency or its government (`named_opd`; offices
-- above the regency and village governments do not count); NULL where nobody looked for names (labels of an older version).
WITH articles AS (
  SELECT c.item, c.doc_id, c.dated_at, c.sentiment, c.opd_ids, c.named_opd,
    min(c.dated_at) OVER (PARTITION BY c.item) AS first_at
  FROM mart_counted c WHERE c.kind = 'news'
),
regency AS (
  SELECT list_append(coalesce(list(opd_id), []), 'pemkab') AS ids FROM dim_opd WHERE grp NOT IN ('vertical', 'desa')
),
stories AS (
  SELECT a.item, min(a.first_at) AS first_at, arg_min(a.doc_id, (a.dated_at, a.doc_id)) AS doc_id,
    arg_min({ids: coalesce(a.opd_ids, [])}, (a.dated_at, a.doc_id)).ids AS opd_ids,
    count(*) FILTER (a.sentiment = 'negatif') AS n_negative, count(*) FILTER (a.sentiment = 'positif') AS n_positive,
    bool_or(list_has_any(a.named_opd, r.ids)) FILTER (a.dated_at <= a.first_at + INTERVAL 48 HOUR) AS voiced
  FROM articles a CROSS JOIN regency r
  GROUP BY a.item
)
SELECT p.period_kind, p.period, p.period_end, unnest(list_prepend('*', s.opd_ids)) AS opd_id, s.doc_id, s.voiced
FROM stories s
JOIN mart_period p ON p.day = CAST(s.first_at AT TIME ZONE 'Asia/Jakarta' AS DATE)
WHERE s.n_negative > s.n_positive
