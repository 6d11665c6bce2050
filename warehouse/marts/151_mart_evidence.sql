-- Documents as evidence: one row per indicator (of instrument, year and scope) and document that somebody pinned, rejected
-- or commented on. `mark` is the newest of pinned and rejected, NULL if neither holds. A document whose words were erased at
-- a person's request is no evidence any more.
WITH said AS (
  SELECT instrument, year, scope, indicator, doc_id,
    arg_max(action, position) FILTER (action <> 'commented') AS mark,
    arg_max(person, position) FILTER (action <> 'commented') AS marked_by,
    max(said_at) FILTER (action <> 'commented') AS marked_at,
    count(*) FILTER (nullif(comment, '') IS NOT NULL) AS n_comments
  FROM evidence_event GROUP BY ALL
)
SELECT s.* REPLACE (nullif(s.mark, 'cleared') AS mark)
FROM said s
ANTI JOIN (SELECT doc_id FROM document WHERE list_contains(flags, 'erased')) d ON d.doc_id = s.doc_id
WHERE coalesce(s.mark, 'cleared') <> 'cleared' OR s.n_comments > 0
