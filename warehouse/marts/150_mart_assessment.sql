-- The worksheet as it stands: one row per indicator (of instrument, year and scope) that a named person has entered and
-- not withdrawn, with the review of just that entry. No entry, no row: nothing is filled in for anybody. Documents whose
-- words were erased at a person's request are no evidence any more.
WITH gone AS (
  SELECT coalesce(list(DISTINCT doc_id), []) AS ids FROM document WHERE list_contains(flags, 'erased')
),
newest AS (
  SELECT *, count(*) FILTER (action = 'entered') OVER same AS n_entries
  FROM assessment_entry WHERE action IN ('entered', 'withdrawn')
  WINDOW same AS (PARTITION BY instrument, year, scope, indicator)
  QUALIFY row_number() OVER (PARTITION BY instrument, year, scope, indicator ORDER BY position DESC) = 1
),
review AS (
  SELECT * FROM assessment_entry WHERE action IN ('accepted', 'returned')
  QUALIFY row_number() OVER (PARTITION BY instrument, year, scope, indicator, about ORDER BY position DESC) = 1
)
SELECT e.instrument, e.year, e.scope, e.indicator, e.position, e.score, e.justification,
  list_filter(e.doc_ids, lambda x: NOT list_contains(g.ids, x)) AS doc_ids,
  e.person, e.entered_at, r.action AS review, r.person AS reviewer, r.justification AS remark,
  r.entered_at AS reviewed_at, e.n_entries
FROM newest e
CROSS JOIN gone g
LEFT JOIN review r ON r.instrument = e.instrument AND r.year = e.year AND r.scope = e.scope
  AND r.indicator = e.indicator AND r.about = e.position
WHERE e.action = 'entered'
