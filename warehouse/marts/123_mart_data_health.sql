-- I15, data health as of "now", per kind of source and in all ('*'): sources whose last attempt worked ÷ configured
-- (active) ones, and how long ago the last success was, in hours: half of the sources (median) and the longest. All
-- sources are counted, not a sample of them: the share is given below ten, too. n_never: never read.
SELECT kind, count(*) AS n,
  count(*) FILTER (verdict IN ('baik', 'sepi')) AS n_reachable,
  count(*) FILTER (verdict = 'baik') AS n_ok,
  count(*) FILTER (last_success_at IS NULL) AS n_never,
  count(*) FILTER (verdict IN ('baik', 'sepi')) / count(*) AS reachable,
  date_diff('minute', median(last_success_at), getvariable('pati_now')) / 60.0 AS success_age_median,
  date_diff('minute', min(last_success_at), getvariable('pati_now')) / 60.0 AS success_age_longest
FROM drill_source
GROUP BY kind
