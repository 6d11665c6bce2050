-- How long the first reply takes, over the complaints received in a period. `clock`: reply (since reception) or
-- agency_reply (since the disposition); `unit`: days (working) or minutes (office).
-- What still waits is not left out but censored at "now", what was set aside unanswered at that moment:
-- the estimate of Kaplan and Meier (1958, J. Am. Stat. Assoc. 53:457-481), S(t) = product over the times u <= t
-- of (1 - replies at u / complaints still under observation at u). Median and p90 are the first t with S(t) <= 0.5 and
-- S(t) <= 0.1; where S does not fall so far they are NULL, `not_reached`: more have to be answered first.
-- Replies at an unknown moment (n_moment_unknown) cannot enter: if they are more than a fifth of the replies there
-- is no estimate (`moments_missing`), nor if more than a fifth of the complaints lack the start of the clock
-- (n_no_start: disposed, nobody knows when), nor below ten complaints (`few`). unanswered = n_waiting ÷ n.
WITH times AS (
  SELECT clock, unit, period_kind, period, channel, opd_id, took,
    count(*) FILTER (state = 'done') AS n_replies, count(*) AS n
  FROM drill_complaint_response WHERE took IS NOT NULL AND state IN ('done', 'open', 'aside')
  GROUP BY clock, unit, period_kind, period, channel, opd_id, took
),
risk AS (
  SELECT *, sum(n) OVER (
    PARTITION BY clock, unit, period_kind, period, channel, opd_id ORDER BY took DESC) AS n_watched
  FROM times
),
curve AS (
  SELECT *, product(1 - n_replies / n_watched) OVER (
    PARTITION BY clock, unit, period_kind, period, channel, opd_id ORDER BY took) AS unanswered
  FROM risk
),
-- a hair above the limit: a product of fractions that is exactly one half may come out a little over it
quantiles AS (
  SELECT clock, unit, period_kind, period, channel, opd_id,
    min(took) FILTER (unanswered <= 0.5 + 1e-9) AS median, min(took) FILTER (unanswered <= 0.1 + 1e-9) AS p90
  FROM curve GROUP BY clock, unit, period_kind, period, channel, opd_id
),
counts AS (
  SELECT clock, unit, period_kind, period, any_value(period_end) AS period_end, channel, opd_id,
    max(data_through) AS data_through, count(*) AS n,
    count(*) FILTER (state IN ('done', 'seen')) AS n_replied,
    count(*) FILTER (state = 'done' AND took IS NOT NULL) AS n_measured,
    count(*) FILTER (state IN ('open', 'aside') AND took IS NOT NULL) AS n_censored,
    count(*) FILTER (state = 'open') AS n_waiting,
    count(*) FILTER (state IN ('done', 'seen') AND (state = 'seen' OR took IS NULL)) AS n_moment_unknown,
    count(*) FILTER (state = 'no_start') AS n_no_start
  FROM drill_complaint_response GROUP BY clock, unit, period_kind, period, channel, opd_id
),
judged AS (
  SELECT c.*, q.median, q.p90,
    CASE
      WHEN NOT enough(c.n) THEN 'few'
      WHEN c.n_moment_unknown > 0.2 * c.n_replied OR c.n_no_start > 0.2 * c.n THEN 'moments_missing'
      WHEN NOT enough(c.n_measured + c.n_censored) THEN 'few'
      WHEN q.median IS NULL THEN 'not_reached'
      ELSE 'ok'
    END AS verdict
  FROM counts c
  LEFT JOIN quantiles q USING (clock, unit, period_kind, period, channel, opd_id)
)
SELECT * REPLACE (
    CASE WHEN verdict = 'ok' THEN median END AS median, CASE WHEN verdict = 'ok' THEN p90 END AS p90),
  share(n_waiting, n) AS unanswered,
  share(n_moment_unknown, n_replied) AS moment_unknown
FROM judged
