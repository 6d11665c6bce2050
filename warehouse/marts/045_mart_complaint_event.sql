-- One row per event in the life of a complaint, with what it means. `known_at` is when it happened or,
-- where nobody says, when it was first seen. `reply` says whether the reporter was answered: `reply`
-- and `with_note` at this moment, `implied` at some moment before; an automatic acknowledgement is none.
WITH words AS (
  SELECT
    coalesce(list(words) FILTER (kind = 'actor'), []) AS actors,
    coalesce(list(words) FILTER (kind = 'phrase'), []) AS phrases
  FROM dim_automatic
),
judged AS (
  SELECT e.*, s.phase, s.reply AS says,
    coalesce(list_contains(w.actors, lower(trim(e.actor))), false)
      OR coalesce(len(list_filter(w.phrases, lambda phrase: contains(lower(e.note), phrase))) > 0, false) AS automatic
  FROM complaint_event e CROSS JOIN words w
  LEFT JOIN dim_status s ON s.status = e.status
)
SELECT doc_id, position, status, status_raw, phase, happened_at, seen_at,
  coalesce(happened_at, seen_at) AS known_at, derived, origin, recorded_by, actor, note, automatic,
  CASE
    WHEN automatic OR (says = 'with_note' AND coalesce(note, '') = '') THEN NULL
    ELSE says
  END AS reply
FROM judged
