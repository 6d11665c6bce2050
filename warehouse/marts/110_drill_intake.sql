-- Which complaints an intake rate counts: per period and kecamatan that they name, and in the whole regency ('*').
SELECT p.period_kind, p.period, p.period_end, CASE s.scope WHEN 'all' THEN '*' ELSE s.scope_id END AS kecamatan,
  s.doc_id, s.item
FROM mart_counted_scope s
JOIN mart_period p ON p.day = s.day
WHERE s.kind = 'complaint' AND s.scope IN ('all', 'kecamatan')
