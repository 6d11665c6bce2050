-- I12, recurring issues: every topic and desa told about in the last 8 complete weeks before "now", with the number of
-- weeks it was told about; `recurring` from three weeks on. n are documents, n_stories stories.
SELECT r.topic, any_value(t.label) AS topic_label, any_value(t.dimension) AS dimension, r.desa, r.kecamatan,
  any_value(r.period) AS period, any_value(r.period_end) AS period_end,
  count(*) AS n, count(DISTINCT r.item) AS n_stories, count(DISTINCT r.week) AS n_weeks,
  max(r.week) AS last_week, recurs(count(DISTINCT r.week)) AS recurring
FROM drill_recurring r
JOIN dim_topic t ON t.topic = r.topic
GROUP BY r.topic, r.desa, r.kecamatan
