-- The sources a number about sources counts: those that are active, per kind and in all ('*').
SELECT k.kind, s.source_id, s.verdict, s.last_success_at
FROM mart_source_health s, unnest(['*', s.kind]) AS k(kind)
WHERE s.status = 'active'
