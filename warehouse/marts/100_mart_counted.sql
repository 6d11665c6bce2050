-- What the indicators count: one row per relevant document with a day, without its words. `item` is its story, or itself
-- where it is in none; `root` the text it repeats, or itself.
SELECT doc_id, kind, source_id, fetched_at, dated_at, day, week, topic, dimension, opd_ids, sentiment, kecamatan_all, desa_all,
  quick_wins, named_opd, advertorial, story_id, copy_of,
  coalesce(story_id, doc_id) AS item, coalesce(copy_of, doc_id) AS root
FROM mart_fact
WHERE relevant AND day IS NOT NULL
