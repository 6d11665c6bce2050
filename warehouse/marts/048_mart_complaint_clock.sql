-- One row per complaint and clock with what it took, in working days and office minutes: the first reply
-- since reception, the agency's first reply since the disposition, the closing since reception.
-- `state`: done (moment known), seen (done, moment unknown: `days` is then an upper bound), open (still
-- running: `days` so far), aside (the case ended before; `days` until then), unknown (it ended, nobody knows when),
-- no_start (no reception or disposition moment). Days outside calendar.yaml are NULL. A moment at exactly midnight
-- is a date without a time and has no minutes. The calendar is `dim_day`; the rule is `config.clock`.
WITH clocks AS (
  SELECT s.doc_id, s.phase, s.ended_at, s.ended_by, k.clock,
    CASE k.clock WHEN 'agency_reply' THEN s.disposed_at ELSE s.received_at END AS started_at,
    CASE k.clock
      WHEN 'reply' THEN s.first_reply_at
      WHEN 'agency_reply' THEN s.agency_reply_at
      ELSE CASE WHEN s.phase = 'closed' THEN s.ended_at END
    END AS done_at,
    CASE k.clock
      WHEN 'reply' THEN s.first_reply_by
      WHEN 'agency_reply' THEN s.agency_reply_by
      ELSE CASE WHEN s.phase = 'closed' THEN s.ended_by END
    END AS done_by
  FROM complaint_fact s
  JOIN (VALUES ('reply'), ('agency_reply'), ('closing')) AS k(clock) ON k.clock <> 'agency_reply' OR s.disposed
),
stopped AS (
  SELECT doc_id, clock, started_at,
    CASE
      WHEN started_at IS NULL THEN 'no_start'
      WHEN done_at IS NOT NULL THEN 'done'
      WHEN done_by IS NOT NULL THEN 'seen'
      WHEN phase = 'open' THEN 'open'
      WHEN ended_at IS NOT NULL THEN 'aside'
      ELSE 'unknown'
    END AS state,
    CASE state
      WHEN 'done' THEN done_at WHEN 'seen' THEN done_by WHEN 'aside' THEN ended_at
      WHEN 'open' THEN getvariable('pati_now')
    END AS stopped_at
  FROM clocks
),
local AS (
  SELECT *, started_at AT TIME ZONE 'Asia/Jakarta' AS start_local, stopped_at AT TIME ZONE 'Asia/Jakarta' AS stop_local
  FROM stopped
),
measured AS (
  SELECT l.*, z.ordinal - a.ordinal AS days,
    CASE WHEN l.start_local <> date_trunc('day', l.start_local) AND l.stop_local <> date_trunc('day', l.stop_local) THEN
      z.minutes_before + coalesce(least(greatest(
        date_diff('minute', z.opens, CAST(l.stop_local AS TIME)), 0), date_diff('minute', z.opens, z.closes)), 0)
      - a.minutes_before - coalesce(least(greatest(
        date_diff('minute', a.opens, CAST(l.start_local AS TIME)), 0), date_diff('minute', a.opens, a.closes)), 0)
    END AS minutes
  FROM local l
  LEFT JOIN dim_day a ON a.day = CAST(l.start_local AS DATE)
  LEFT JOIN dim_day z ON z.day = CAST(l.stop_local AS DATE)
)
-- a reply on the day of the disposition but before its hour took no time; not greatest(), which skips NULL
SELECT doc_id, clock, state, started_at, stopped_at,
  CASE WHEN days < 0 THEN 0 ELSE days END AS days, CASE WHEN minutes < 0 THEN 0 ELSE minutes END AS minutes
FROM measured
