-- Which documents a place's number counts: per period, kecamatan that they name, and kind.
SELECT p.period_kind, p.period, p.period_end, s.scope_id AS kecamatan, s.kind, s.doc_id, s.item
FROM mart_counted_scope s
JOIN mart_period p ON p.day = s.day
WHERE s.scope = 'kecamatan'
