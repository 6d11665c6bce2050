-- One row per article whose text repeats an earlier one's: who repeats whom, how much later, and how
-- much of the shorter text is in the other one. `same_story` is false where somebody took them apart.
SELECT
  d.doc_id, d.source_id, d.source_name, d.title, d.url, d.dated_at, d.day, d.week, d.story_id,
  o.doc_id AS original_id, o.source_id AS original_source_id, o.source_name AS original_source,
  o.source_kind AS original_kind, o.dated_at AS original_at,
  date_diff('minute', o.dated_at, d.dated_at) / 60.0 AS hours_later,
  l.share, d.story_id IS NOT DISTINCT FROM o.story_id AS same_story
FROM mart_document d
JOIN mart_document o ON o.doc_id = d.copy_of
LEFT JOIN story_link l ON l.doc_id = d.doc_id AND l.earlier_id = d.copy_of
WHERE d.relevant
