-- The verdict on each source against its own norm, as of "now"; the one definition of it.
-- An item counts at the time it bears, else when it was collected; one dated later than now does not.
-- Comments under a video are other people's: only totals count them.
-- Norm per week: what sources.yaml expects, else the source's own history, the median of up to 8
-- weeks that end 3 weeks ago or with its last item, whichever is earlier (so that a silence does not
-- become the norm), when there are at least 4 of them.
-- diblokir: the last attempt was refused: by robots.txt, status 401/402/403/451 or a bot check, at its
--   entry or for most of its pages;
-- hilang: the last 3 attempts failed and the last success is more than 7 days ago, or there was none;
-- rusak: the last attempt failed, or most of its pages gave no text;
-- sepi: nothing for 14 days at a norm of 1, or for 7 days at a norm of 7, or less than a fifth of a norm
--   of 14 in 7 days. By chance alone the last two happen less than once in a thousand weeks (Poisson).
-- Coverage counts what was collected in the last 28 days; a share is NULL below 10 documents. A time of
-- midnight in WIB means that only the day is known.
WITH clock AS (
  SELECT getvariable('pati_now') AS now,
    CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
-- One pass over all documents. `age` says how many days ago at most an item counts (7, 14, 28; 0: longer; -1: later than
-- now), `fresh` whether it was collected in the last 28 days.
seen AS MATERIALIZED (
  SELECT source_id, kind <> 'comment' AS item,
    coalesce(week, CAST(date_trunc('week', fetched_at AT TIME ZONE 'Asia/Jakarta') AS DATE)) AS week,
    CASE
      WHEN coalesce(dated_at, fetched_at) > c.now THEN -1
      WHEN coalesce(dated_at, fetched_at) > c.now - INTERVAL 7 DAY THEN 7
      WHEN coalesce(dated_at, fetched_at) > c.now - INTERVAL 14 DAY THEN 14
      WHEN coalesce(dated_at, fetched_at) > c.now - INTERVAL 28 DAY THEN 28
      ELSE 0
    END AS age,
    fetched_at > c.now - INTERVAL 28 DAY AND fetched_at <= c.now AS fresh,
    count(*) AS n, count(dated_at) AS n_dated, count(*) FILTER (has_author) AS n_author,
    count(*) FILTER (has_text) AS n_text,
    count(*) FILTER (CASE WHEN fetched_at > c.now - INTERVAL 28 DAY
      THEN CAST(dated_at AT TIME ZONE 'Asia/Jakarta' AS TIME) <> TIME '00:00:00' END) AS n_timed,
    max(dated_at) AS last_at
  FROM document_fact CROSS JOIN clock c GROUP BY ALL
),
totals AS (
  SELECT source_id, max(last_at) FILTER (item) AS last_item_at, CAST(sum(n) AS BIGINT) AS n_total,
    CAST(sum(n_dated) AS BIGINT) AS n_dated, CAST(sum(n_author) AS BIGINT) AS n_author, CAST(sum(n_text) AS BIGINT) AS n_text
  FROM seen GROUP BY source_id
),
counts AS (
  SELECT i.source_id, min(i.week) AS first_week, max(i.week) AS last_week,
    CAST(sum(n) FILTER (i.week = c.this_week - 7) AS BIGINT) AS n_last_week,
    CAST(sum(n) FILTER (age = 7) AS BIGINT) AS n_7,
    CAST(sum(n) FILTER (age IN (7, 14)) AS BIGINT) AS n_14,
    CAST(sum(n) FILTER (age IN (7, 14, 28)) AS BIGINT) AS n_28
  FROM seen i CROSS JOIN clock c WHERE i.item AND i.age >= 0 GROUP BY i.source_id
),
weekly AS (
  SELECT source_id, week, CAST(sum(n) AS BIGINT) AS n FROM seen WHERE item GROUP BY source_id, week
),
past AS (
  SELECT s.source_id, CAST(w.week AS DATE) AS week
  FROM (
    SELECT k.source_id, k.first_week, least(k.last_week, c.this_week - 21) AS until
    FROM counts k CROSS JOIN clock c
  ) s, range(greatest(s.first_week, s.until - 49), s.until + 7, INTERVAL 7 DAY) AS w(week)
),
history AS (
  SELECT p.source_id, median(coalesce(k.n, 0)) AS per_week, count(*) AS n_weeks
  FROM past p LEFT JOIN weekly k ON k.source_id = p.source_id AND k.week = p.week GROUP BY p.source_id
),
coverage AS (
  SELECT source_id, CAST(sum(n) AS BIGINT) AS n_new_28, CAST(sum(n_dated) AS BIGINT) AS n_dated_28,
    CAST(sum(n_author) AS BIGINT) AS n_author_28, CAST(sum(n_text) AS BIGINT) AS n_text_28,
    CAST(sum(n_timed) AS BIGINT) AS n_timed_28
  FROM seen WHERE item AND fresh GROUP BY source_id
),
reasons AS (
  SELECT run_id, source_id, arg_max(reason, n) AS main_reason,
    sum(n) FILTER (reason IN ('blocked', 'challenge', 'robots')) AS n_refused,
    sum(n) FILTER (reason IN ('no_text', 'empty', 'needs_js', 'unreadable', 'hostile_page', 'not_html', 'soft_404',
                              'listing', 'incomplete', 'unknown_encoding', 'internal_error', 'http_error',
                              'fetch_failed', 'bad_certificate', 'timeout')) AS n_unread
  FROM run_source_reason GROUP BY run_id, source_id
),
attempts AS (
  SELECT a.source_id, a.reachable, a.tried_at, a.last_error, a.n_deferred, r.main_reason,
    a.n_in - a.n_duplicate AS n_looked_at, coalesce(r.n_refused, 0) AS n_refused, coalesce(r.n_unread, 0) AS n_unread,
    row_number() OVER (PARTITION BY a.source_id ORDER BY a.tried_at DESC, a.run_id DESC) AS nth
  FROM run_source a LEFT JOIN reasons r ON r.run_id = a.run_id AND r.source_id = a.source_id
),
fetches AS (
  SELECT source_id,
    max(tried_at) FILTER (reachable) AS last_success_at, max(tried_at) AS last_attempt_at,
    bool_or(reachable) FILTER (nth = 1) AS last_reachable,
    count(*) FILTER (nth <= 3) AS n_recent, count(*) FILTER (nth <= 3 AND reachable) AS n_recent_reachable,
    max(last_error) FILTER (nth = 1) AS last_error, max(main_reason) FILTER (nth = 1) AS last_reason,
    max(n_deferred) FILTER (nth = 1) AS n_deferred,
    bool_or(n_refused >= CASE WHEN reachable THEN 3 ELSE 1 END AND 2 * n_refused > n_looked_at)
      FILTER (nth = 1) AS refused,
    bool_or(n_unread >= 3 AND 2 * n_unread > n_looked_at) FILTER (nth = 1) AS unread
  FROM attempts GROUP BY source_id
),
norms AS (
  SELECT s.source_id,
    coalesce(s.expected_per_week, h.per_week, 0) AS norm_per_week,
    CASE WHEN s.expected_per_week IS NOT NULL THEN 'konfigurasi' WHEN h.per_week IS NOT NULL THEN 'riwayat' END
      AS norm_from
  FROM dim_source s LEFT JOIN history h ON h.source_id = s.source_id AND h.n_weeks >= 4
)
SELECT
  s.source_id, s.name, s.kind, s.url, s.status, s.permission,
  f.last_success_at, f.last_attempt_at, f.last_error, f.last_reason, coalesce(f.n_deferred, 0) AS n_deferred,
  i.last_item_at, coalesce(i.n_total, 0) AS n_total,
  coalesce(i.n_dated, 0) AS n_dated, coalesce(i.n_author, 0) AS n_author, coalesce(i.n_text, 0) AS n_text,
  n.norm_per_week, n.norm_from, coalesce(k.n_last_week, 0) AS n_last_week,
  coalesce(k.n_7, 0) AS n_7, coalesce(k.n_28, 0) AS n_28,
  coalesce(k.n_7, 0) / 7.0 AS per_day_7, coalesce(k.n_28, 0) / 28.0 AS per_day_28, n.norm_per_week / 7.0 AS norm_per_day,
  coalesce(v.n_new_28, 0) AS n_new_28,
  share(v.n_dated_28, v.n_new_28) AS share_dated,
  share(v.n_timed_28, v.n_new_28) AS share_timed,
  share(v.n_author_28, v.n_new_28) AS share_author,
  share(v.n_text_28, v.n_new_28) AS share_text,
  CASE
    WHEN s.status <> 'active' THEN 'nonaktif'
    WHEN f.last_attempt_at IS NULL THEN 'belum dicoba'
    WHEN f.refused THEN 'diblokir'
    WHEN f.n_recent >= 3 AND f.n_recent_reachable = 0
      AND (f.last_success_at IS NULL OR f.last_success_at < c.now - INTERVAL 7 DAY) THEN 'hilang'
    WHEN NOT f.last_reachable OR f.unread THEN 'rusak'
    WHEN n.norm_per_week >= 1 AND coalesce(k.n_14, 0) = 0 THEN 'sepi'
    WHEN n.norm_per_week >= 7 AND coalesce(k.n_7, 0) = 0 THEN 'sepi'
    WHEN n.norm_per_week >= 14 AND coalesce(k.n_7, 0) < n.norm_per_week / 5 THEN 'sepi'
    ELSE 'baik'
  END AS verdict
FROM dim_source s
CROSS JOIN clock c
JOIN norms n ON n.source_id = s.source_id
LEFT JOIN fetches f ON f.source_id = s.source_id
LEFT JOIN totals i ON i.source_id = s.source_id
LEFT JOIN counts k ON k.source_id = s.source_id
LEFT JOIN coverage v ON v.source_id = s.source_id
