-- Which documents the life of a quick win counts, over all complete weeks before "now", comments left out. `told`: somebody
-- wrote about it; a complaint about it is not. `lately`: a complaint of the last 26 complete weeks, `recent`: of the last 8;
-- `around_start`: a complaint within 26 weeks before or after the week it was launched in, `after_start`: not before it.
WITH clock AS (
  SELECT CAST(date_trunc('week', getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta') AS DATE) AS this_week
),
named AS (
  SELECT unnest(c.quick_wins) AS quick_win, c.doc_id, c.kind, c.item, c.root, c.source_id, c.week, c.advertorial, c.sentiment,
    k.this_week
  FROM mart_counted c CROSS JOIN clock k
  WHERE c.week < k.this_week AND c.kind <> 'comment'
),
dated AS (
  SELECT n.*, CAST(date_trunc('week', q.start) AS DATE) AS start_week
  FROM named n JOIN dim_quick_win q ON q.quick_win = n.quick_win
)
SELECT quick_win, doc_id, kind, item, root, source_id, week, advertorial, sentiment, kind <> 'complaint' AS told,
  kind = 'complaint' AND week >= this_week - INTERVAL 182 DAY AS lately,
  kind = 'complaint' AND week >= this_week - INTERVAL 56 DAY AS recent,
  coalesce(kind = 'complaint' AND week >= start_week - INTERVAL 182 DAY AND week < start_week + INTERVAL 182 DAY, false)
    AS around_start,
  coalesce(week >= start_week, false) AS after_start
FROM dated
