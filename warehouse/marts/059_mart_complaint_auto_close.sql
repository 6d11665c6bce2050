-- One row per open complaint that waits for nothing but the reporter: its last event is a reply of the office, at a
-- known moment. `close_day` is the last day (WIB) before its channel closes it by itself: the working days of the
-- step `auto_close` in complaints.yaml after the day of that reply. It is a forecast: nothing is closed by it.
-- `passed`: the day is over, and the channel has not told that it closed the complaint.
WITH waiting AS (
  SELECT doc_id, channel, received_day, last_moment AS replied_at,
    CAST(last_moment AT TIME ZONE 'Asia/Jakarta' AS DATE) AS replied_day
  FROM complaint_fact
  WHERE phase = 'open' AND last_reply IN ('reply', 'with_note') AND last_moment IS NOT NULL
),
ruled AS (
  SELECT w.*, r.sla_id, r.days, r.unit
  FROM waiting w
  JOIN dim_sla r ON r.step = 'auto_close'
    AND (r.channel = w.channel OR r.channel IS NULL)
    AND (r.valid_from IS NULL OR r.valid_from <= w.received_day)
    AND (r.valid_to IS NULL OR r.valid_to >= w.received_day)
  QUALIFY row_number() OVER (PARTITION BY w.doc_id ORDER BY r.channel IS NULL, r.priority) = 1
),
dated AS (
  SELECT r.doc_id, r.sla_id, r.replied_at,
    CASE r.unit WHEN 'calendar' THEN r.replied_day + r.days ELSE z.day END AS close_day
  FROM ruled r
  LEFT JOIN dim_day a ON a.day = r.replied_day
  LEFT JOIN dim_day z ON z.is_working AND z.ordinal = a.ordinal + r.days
)
SELECT *, close_day < CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS passed
FROM dated WHERE close_day IS NOT NULL
