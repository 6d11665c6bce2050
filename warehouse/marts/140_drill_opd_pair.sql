-- Which documents stand behind what an agency is talked about for, and where: one row per document, agency and its topic
-- ('topic') or each kecamatan it names ('kecamatan').
SELECT week, scope_id AS opd_id, 'topic' AS other, topic AS other_id, doc_id, item, kind, sentiment
FROM mart_counted_scope WHERE scope = 'opd' AND topic IS NOT NULL
UNION ALL
SELECT week, scope_id, 'kecamatan', unnest(kecamatan_all), doc_id, item, kind, sentiment
FROM mart_counted_scope WHERE scope = 'opd'
