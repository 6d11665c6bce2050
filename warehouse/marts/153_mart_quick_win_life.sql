-- Does a quick win go on after the prize? One row each, over all complete weeks before "now" (weeks are Monday to Sunday, WIB).
-- Silence: `silence_chance` is the chance that the weeks since it was last told about would be silent if it went on as
-- before: (weeks from the first to the last week with a mention ÷ weeks from the first to "now") to the power of the weeks
-- with a mention after the first (Solow 1993, Ecology 74:962-964; how much was written in a week does not enter).
-- `silence`: `never` told about; `few` (fewer than 3 weeks with a mention); `telling`; `silent` (8 weeks or more, chance below
-- 0.01); `coverage`: it would be silent, but the sources that used to tell about it were read in less than four fifths of
-- the silent weeks, so that nobody knows. Read: an attempt worked in that week, or there is an item of that week (so it
-- was read later; also of weeks before the first attempt, which `mart_coverage_week` leaves open).
-- Complaints that name it, after ÷ (before + after) the launch, and in the last 8 of 26 weeks: `rising` where the lower end
-- of the 95 % interval lies above what equal weeks would give. Weeks count only if any complaint about anything is on
-- record (n_weeks_…); `coverage`: less than four fifths of the weeks are; `few`: fewer than ten complaints, no share.
WITH clock AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
counts AS (
  SELECT quick_win,
    count(*) FILTER (told) AS n_told, count(DISTINCT item) FILTER (told) AS n_stories,
    count(*) FILTER (told AND advertorial) AS n_advertorial, count(DISTINCT source_id) FILTER (told) AS n_sources,
    min(week) FILTER (told) AS first_week, max(week) FILTER (told) AS last_week,
    count(DISTINCT week) FILTER (told) AS n_weeks_told,
    count(*) FILTER (lately) AS n_lately, count(*) FILTER (recent) AS n_recent,
    count(*) FILTER (around_start) AS n_around, count(*) FILTER (around_start AND after_start) AS n_after
  FROM drill_quick_win_life GROUP BY quick_win
),
texts AS (
  SELECT quick_win, root, count(*) AS n, count(*) FILTER (sentiment = 'negatif') AS n_negative,
    count(*) FILTER (sentiment = 'netral') AS n_neutral, count(*) FILTER (sentiment = 'positif') AS n_positive
  FROM drill_quick_win_life WHERE sentiment IS NOT NULL GROUP BY quick_win, root
),
tones AS (
  SELECT quick_win, CAST(sum(n) AS BIGINT) AS n_toned, CAST(sum(n_negative) AS BIGINT) AS n_negative,
    CAST(sum(n_neutral) AS BIGINT) AS n_neutral, CAST(sum(n_positive) AS BIGINT) AS n_positive,
    sum(n) * sum(n) / sum(n * n) AS n_effective
  FROM texts GROUP BY quick_win
),
silent_weeks AS (
  SELECT d.quick_win, d.source_id,
    CAST(unnest(range(CAST(c.last_week + INTERVAL 7 DAY AS TIMESTAMP), CAST(k.this_week AS TIMESTAMP), INTERVAL 7 DAY)) AS DATE) AS week
  FROM (SELECT DISTINCT quick_win, source_id FROM drill_quick_win_life WHERE told) d
  JOIN counts c ON c.quick_win = d.quick_win CROSS JOIN clock k
),
read_weeks AS (
  SELECT source_id, week FROM drill_source_week WHERE reached
  UNION
  SELECT source_id, week FROM mart_fact WHERE week IS NOT NULL AND kind <> 'comment'
),
reach AS (
  SELECT w.quick_win, count(r.source_id) / count(*) AS silence_coverage
  FROM silent_weeks w
  LEFT JOIN read_weeks r ON r.source_id = w.source_id AND r.week = w.week
  GROUP BY w.quick_win
),
recorded AS (
  SELECT DISTINCT c.week FROM mart_counted c CROSS JOIN clock k WHERE c.kind = 'complaint' AND c.week < k.this_week
),
starts AS (
  SELECT q.quick_win, CAST(date_trunc('week', q.start) AS DATE) AS start_week, k.this_week
  FROM dim_quick_win q CROSS JOIN clock k
),
windows AS (
  SELECT s.quick_win,
    count(r.week) FILTER (r.week >= s.start_week - INTERVAL 182 DAY AND r.week < s.start_week) AS n_weeks_before,
    count(r.week) FILTER (r.week >= s.start_week AND r.week < s.start_week + INTERVAL 182 DAY) AS n_weeks_after,
    count(r.week) FILTER (r.week >= s.this_week - INTERVAL 182 DAY AND r.week < s.this_week - INTERVAL 56 DAY) AS n_weeks_earlier,
    count(r.week) FILTER (r.week >= s.this_week - INTERVAL 56 DAY) AS n_weeks_recent,
    any_value(date_diff('week', s.start_week, least(s.this_week, CAST(s.start_week + INTERVAL 182 DAY AS DATE)))) AS n_weeks_since
  FROM starts s LEFT JOIN recorded r ON true
  GROUP BY s.quick_win
),
joined AS (
  SELECT q.quick_win, q.name, q.opd_id, q.dimension, q.start, k.this_week,
    coalesce(c.n_told, 0) AS n_told, coalesce(c.n_stories, 0) AS n_stories, coalesce(c.n_sources, 0) AS n_sources,
    coalesce(c.n_advertorial, 0) AS n_advertorial, c.first_week, c.last_week, coalesce(c.n_weeks_told, 0) AS n_weeks_told,
    date_diff('week', c.first_week, c.last_week) + 1 AS n_weeks_active,
    date_diff('week', c.last_week, k.this_week) - 1 AS n_weeks_silent,
    coalesce(t.n_toned, 0) AS n_toned, coalesce(t.n_negative, 0) AS n_negative, coalesce(t.n_neutral, 0) AS n_neutral,
    coalesce(t.n_positive, 0) AS n_positive, t.n_effective, h.silence_coverage,
    coalesce(c.n_lately, 0) AS n_lately, coalesce(c.n_recent, 0) AS n_recent,
    coalesce(c.n_around, 0) AS n_around, coalesce(c.n_after, 0) AS n_after,
    w.n_weeks_before, w.n_weeks_after, w.n_weeks_since, w.n_weeks_earlier, w.n_weeks_recent
  FROM dim_quick_win q CROSS JOIN clock k
  JOIN windows w ON w.quick_win = q.quick_win
  LEFT JOIN counts c ON c.quick_win = q.quick_win
  LEFT JOIN tones t ON t.quick_win = q.quick_win
  LEFT JOIN reach h ON h.quick_win = q.quick_win
),
measured AS (
  SELECT *, share(n_advertorial, n_told) AS advertorial,
    net_tone(n_negative, n_neutral, n_positive) AS net_tone,
    CASE WHEN enough(n_toned) THEN net_tone_low(n_positive / n_toned, n_negative / n_toned, n_effective) END AS net_tone_low,
    CASE WHEN enough(n_toned) THEN net_tone_high(n_positive / n_toned, n_negative / n_toned, n_effective) END AS net_tone_high,
    CASE WHEN n_weeks_told >= 3
      THEN ((n_weeks_active - 1) / (n_weeks_active - 1 + n_weeks_silent)) ** (n_weeks_told - 1) END AS silence_chance,
    share(n_after, n_around) AS after_share, n_weeks_after / nullif(n_weeks_before + n_weeks_after, 0) AS after_expected,
    share(n_recent, n_lately) AS recent_share,
    n_weeks_recent / nullif(n_weeks_earlier + n_weeks_recent, 0) AS recent_expected
  FROM joined
)
SELECT * EXCLUDE (this_week, n_effective),
  CASE
    WHEN n_told = 0 THEN 'never'
    WHEN n_weeks_told < 3 THEN 'few'
    WHEN n_weeks_silent < 8 OR silence_chance >= 0.01 THEN 'telling'
    WHEN coalesce(silence_coverage, 0) < 0.8 THEN 'coverage'
    ELSE 'silent'
  END AS silence,
  CASE
    WHEN start IS NULL THEN 'no_start'
    WHEN NOT enough(n_around) THEN 'few'
    WHEN n_weeks_before < 0.8 * 26 OR n_weeks_after < greatest(4, 0.8 * n_weeks_since) THEN 'coverage'
    WHEN wilson_low(after_share, n_around) > after_expected THEN 'rising'
    ELSE 'steady'
  END AS since_start,
  CASE
    WHEN NOT enough(n_lately) THEN 'few'
    WHEN n_weeks_earlier < 0.8 * 18 OR n_weeks_recent < 0.8 * 8 THEN 'coverage'
    WHEN wilson_low(recent_share, n_lately) > recent_expected THEN 'rising'
    ELSE 'steady'
  END AS of_late
FROM measured
