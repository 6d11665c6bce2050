-- Which documents the volume of a topic, an agency or a kecamatan counts, per week: all kinds but comments, of which one
-- video brings hundreds. A document with two agencies (or kecamatan) counts once for each. (The same scopes as in
-- mart_counted_scope, read in one pass instead of three: this is asked for on the first page.)
SELECT week, whose.scope AS scope, whose.scope_id AS scope_id, doc_id, item, kind, story_id, dated_at, day, fetched_at
FROM (
  SELECT *, unnest(list_concat(
    CASE WHEN topic IS NOT NULL THEN [{scope: 'topic', scope_id: topic}] END,
    list_transform(opd_ids, lambda x: {scope: 'opd', scope_id: x}),
    list_transform(kecamatan_all, lambda x: {scope: 'kecamatan', scope_id: x})
  )) AS whose
  FROM mart_counted WHERE kind <> 'comment'
)
