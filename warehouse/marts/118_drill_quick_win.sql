-- Which documents mention a quick win, per period.
SELECT p.period_kind, p.period, p.period_end, unnest(c.quick_wins) AS quick_win, c.doc_id, c.item, c.source_id, c.copy_of, c.advertorial, c.sentiment
FROM mart_counted c
JOIN mart_period p ON p.day = c.day
