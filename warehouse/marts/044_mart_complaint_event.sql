-- One row per event in the life of a complaint, with what it means. `moment` is when it happened, NULL where nobody
-- says or where it is said to have been before the day of reception; `known_at` is the moment or else when it was
-- first seen. `reply` says whether the reporter was answered: `reply`
-- and `with_note` at this moment, `implied` at some moment before; an automatic acknowledgement is none.
WITH words AS (
  SELECT
    coalesce(list(words) FILTER (kind = 'actor'), []) AS actors,
    coalesce(list(words) FILTER (kind = 'phrase'), []) AS phrases
  FROM dim_automatic
),
judged AS (
  SELECT e.*, s.phase, s.reply AS says,
    CASE WHEN coalesce(CAST(e.happened_at AT TIME ZONE 'Asia/Jakarta' AS DATE) >= r.received_day, true)
      THEN e.happened_at END AS moment,
    coalesce(list_contains(w.actors, lower(trim(e.actor))), false)
      OR coalesce(len(list_filter(w.phrases, lambda phrase: contains(lower(e.note), phrase))) > 0, false) AS automatic
  FROM complaint_event e
  JOIN mart_complaint_received r ON r.doc_id = e.doc_id
  CROSS JOIN words w
  LEFT JOIN dim_status s ON s.status = e.status
)
SELECT doc_id, position, status, status_raw, phase, happened_at, moment, seen_at,
  coalesce(moment, seen_at) AS known_at, derived, origin, recorded_by, actor, note, automatic,
  CASE
    WHEN automatic OR (says = 'with_note' AND coalesce(note, '') = '') THEN NULL
    ELSE says
  END AS reply
FROM judged
