-- Which documents the numbers about a source rest on: those that count in the last 28 days (`lately`, by the time they bear,
-- else when they were collected) and those that were collected in these days (`collected`). Comments are other people's.
SELECT source_id, doc_id,
  coalesce(dated_at, fetched_at) > getvariable('pati_now') - INTERVAL 28 DAY
    AND coalesce(dated_at, fetched_at) <= getvariable('pati_now') AS lately,
  fetched_at > getvariable('pati_now') - INTERVAL 28 DAY AND fetched_at <= getvariable('pati_now') AS collected
FROM mart_fact WHERE kind <> 'comment'
