-- The verdict on each source against its own norm, as of "now".
-- Norm: median of its items per complete week over the 8 weeks before the last 2.
-- gone: not reachable in its last 3 attempts or more; broken: last attempt failed;
-- quiet: reachable, but nothing for at least 2 complete weeks where its norm is 1 or more.
WITH bounds AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
weekly AS (
  SELECT d.source_id, d.week, count(*) AS n
  FROM mart_document d WHERE d.week IS NOT NULL GROUP BY d.source_id, d.week
),
grid AS (
  SELECT s.source_id, w.n AS back, coalesce(k.n, 0) AS n
  FROM dim_source s CROSS JOIN bounds b CROSS JOIN range(1, 11) AS w(n)
  LEFT JOIN weekly k ON k.source_id = s.source_id AND k.week = b.this_week - to_weeks(CAST(w.n AS INTEGER))
),
norms AS (
  SELECT source_id,
    median(n) FILTER (back BETWEEN 3 AND 10) AS norm_per_week,
    CAST(sum(n) FILTER (back = 1) AS BIGINT) AS n_last_week,
    CAST(sum(n) FILTER (back <= 2) AS BIGINT) AS n_last_2_weeks
  FROM grid GROUP BY source_id
),
attempts AS (
  SELECT source_id, reachable, tried_at, last_error,
    row_number() OVER (PARTITION BY source_id ORDER BY tried_at DESC) AS nth
  FROM run_source
),
fetches AS (
  SELECT source_id,
    max(tried_at) FILTER (reachable) AS last_success_at, max(tried_at) AS last_attempt_at,
    bool_or(reachable) FILTER (nth = 1) AS last_reachable,
    count(*) FILTER (nth <= 3) AS n_recent, count(*) FILTER (nth <= 3 AND reachable) AS n_recent_reachable,
    arg_max(last_error, tried_at) AS last_error
  FROM attempts GROUP BY source_id
),
items AS (
  SELECT source_id, max(dated_at) AS last_item_at, count(*) AS n_total,
    count(*) FILTER (dated_at IS NOT NULL) AS n_dated,
    count(*) FILTER (author IS NOT NULL) AS n_author,
    count(*) FILTER (length(text) > 0) AS n_text
  FROM mart_document GROUP BY source_id
)
SELECT
  s.source_id, s.name, s.kind, s.url, s.status, s.permission,
  f.last_success_at, f.last_attempt_at, f.last_error,
  i.last_item_at, coalesce(i.n_total, 0) AS n_total,
  coalesce(i.n_dated, 0) AS n_dated, coalesce(i.n_author, 0) AS n_author, coalesce(i.n_text, 0) AS n_text,
  coalesce(n.norm_per_week, 0) AS norm_per_week, coalesce(n.n_last_week, 0) AS n_last_week,
  CASE
    WHEN s.status <> 'active' THEN 'nonaktif'
    WHEN f.last_attempt_at IS NULL THEN 'belum dicoba'
    WHEN f.n_recent >= 3 AND f.n_recent_reachable = 0 THEN 'hilang'
    WHEN NOT f.last_reachable AND f.last_error LIKE 'blocked%' THEN 'diblokir'
    WHEN NOT f.last_reachable THEN 'rusak'
    WHEN n.norm_per_week >= 1 AND n.n_last_2_weeks = 0 THEN 'sepi'
    ELSE 'baik'
  END AS verdict
FROM dim_source s
LEFT JOIN norms n ON n.source_id = s.source_id
LEFT JOIN fetches f ON f.source_id = s.source_id
LEFT JOIN items i ON i.source_id = s.source_id
