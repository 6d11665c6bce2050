-- One row per complaint and step that has a deadline: due day and what became of it. Steps: verify (anything
-- done about it), answer (first reply), resolve (closed). The channel's own deadline holds before the general
-- one, and of several the first in complaints.yaml; it is the one in force on the day of reception.
-- `outcome`: on_time (done by the due day, or first seen by then), late (done after it, or not done when the
-- day was over), running (not done, not due yet), aside (set aside by the due day: no longer due),
-- unknown (done or set aside, nobody knows when, first seen after the due day). The due day is NULL where
-- calendar.yaml does not know the days.
WITH received AS (
  SELECT DISTINCT channel, received_day FROM complaint_fact WHERE received_day IS NOT NULL
),
rules AS (
  SELECT r.channel, r.received_day, s.step, s.sla_id, s.days, s.unit
  FROM received r
  JOIN dim_sla s ON s.step IN ('verify', 'answer', 'resolve')
    AND (s.channel = r.channel OR s.channel IS NULL)
    AND (s.valid_from IS NULL OR s.valid_from <= r.received_day)
    AND (s.valid_to IS NULL OR s.valid_to >= r.received_day)
  QUALIFY row_number() OVER (
    PARTITION BY r.channel, r.received_day, s.step ORDER BY s.channel IS NULL, s.priority) = 1
),
dated AS (
  SELECT r.*, CASE r.unit WHEN 'calendar' THEN r.received_day + r.days ELSE z.day END AS due_day
  FROM rules r
  LEFT JOIN dim_day a ON a.day = r.received_day
  LEFT JOIN dim_day z ON z.is_working AND z.ordinal = a.ordinal + r.days
),
steps AS (
  SELECT c.doc_id, c.phase, d.step, d.sla_id, d.due_day,
    CASE d.step WHEN 'verify' THEN c.verified_at WHEN 'answer' THEN c.first_reply_at
      ELSE CASE WHEN c.phase = 'closed' THEN c.ended_at END END AS done_at,
    CASE d.step WHEN 'verify' THEN c.verified_by WHEN 'answer' THEN c.first_reply_by
      ELSE CASE WHEN c.phase = 'closed' THEN c.ended_by END END AS done_by,
    CASE WHEN c.phase = 'rejected' THEN c.ended_at END AS aside_at,
    CASE WHEN c.phase = 'rejected' THEN c.ended_by END AS aside_by
  FROM complaint_fact c
  JOIN dated d ON d.channel = c.channel AND d.received_day = c.received_day
),
local AS (
  SELECT *,
    CAST(done_at AT TIME ZONE 'Asia/Jakarta' AS DATE) AS done_day,
    CAST(done_by AT TIME ZONE 'Asia/Jakarta' AS DATE) AS done_by_day,
    CAST(aside_at AT TIME ZONE 'Asia/Jakarta' AS DATE) AS aside_day,
    CAST(aside_by AT TIME ZONE 'Asia/Jakarta' AS DATE) AS aside_by_day
  FROM steps
)
SELECT doc_id, step, sla_id, due_day, done_at,
  CASE
    WHEN due_day IS NULL THEN 'unknown'
    WHEN done_day <= due_day OR done_by_day <= due_day THEN 'on_time'
    WHEN done_day IS NOT NULL THEN 'late'
    WHEN done_by_day IS NOT NULL THEN 'unknown'
    WHEN aside_day <= due_day OR aside_by_day <= due_day THEN 'aside'
    WHEN aside_day IS NULL AND aside_by_day IS NOT NULL THEN 'unknown'
    WHEN due_day < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) THEN 'late'
    ELSE 'running'
  END AS outcome,
  done_by IS NULL AND phase = 'open' AS waiting
FROM local
