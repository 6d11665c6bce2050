-- Volume per week and topic, agency or kecamatan, comments left out. n are documents; n_items counts a story once, however
-- many articles tell it; n_kinds are the documents by kind.
SELECT week, scope, scope_id, count(*) AS n, count(DISTINCT item) AS n_items, histogram(kind) AS n_kinds
FROM drill_subject
GROUP BY week, scope, scope_id
