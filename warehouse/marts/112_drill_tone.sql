-- Which documents a tone counts: those that judge a service, per period and scope (see `mart_counted_scope`).
SELECT p.period_kind, p.period, p.period_end, s.scope, s.scope_id, s.doc_id, s.item, s.root, s.source_id, s.copy_of,
  s.sentiment
FROM mart_counted_scope s
JOIN mart_period p ON p.day = s.day
WHERE s.sentiment IS NOT NULL
