-- I11, issue share per smart-city dimension and period: stories of the dimension ÷ all stories, weighted by source (see
-- `drill_issue`); share_plain is the same without weights. n are stories, n_documents articles, posts and complaints,
-- n_voices independent texts. NULL where the period has fewer than ten stories. 'tanpa_dimensi': topics of no dimension.
WITH counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, dimension, count(*) AS n,
    CAST(sum(n_documents) AS BIGINT) AS n_documents, CAST(sum(n_voices) AS BIGINT) AS n_voices, sum(weight) AS weight
  FROM drill_issue GROUP BY period_kind, period, dimension
),
totals AS (
  SELECT *, CAST(sum(n) OVER p AS BIGINT) AS n_all, sum(weight) OVER p AS weight_all
  FROM counts WINDOW p AS (PARTITION BY period_kind, period)
)
SELECT t.* EXCLUDE (weight, weight_all), d.dimension_label,
  CASE WHEN enough(n_all) THEN t.weight / t.weight_all END AS share,
  share(t.n, t.n_all) AS share_plain
FROM totals t
LEFT JOIN (SELECT DISTINCT dimension, dimension_label FROM dim_topic) d ON d.dimension = t.dimension
