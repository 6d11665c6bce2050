-- Whose number a counted document is: everybody's ('all', '*'), each of its agencies' and kecamatan's, its dimension's and
-- its topic's. A document with two agencies counts once for each, so agencies (and kecamatan) do not add up to the total.
-- (unnest in the SELECT list: as a lateral join it is planned as a join of all rows with themselves, twenty times as slow.)
SELECT 'all' AS scope, '*' AS scope_id, * FROM mart_counted
UNION ALL
SELECT 'opd', unnest(opd_ids), * FROM mart_counted
UNION ALL
SELECT 'kecamatan', unnest(kecamatan_all), * FROM mart_counted
UNION ALL
SELECT 'dimension', dimension, * FROM mart_counted WHERE dimension IS NOT NULL
UNION ALL
SELECT 'topic', topic, * FROM mart_counted WHERE topic IS NOT NULL
