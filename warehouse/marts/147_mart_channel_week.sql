-- Videos, posts and comments per week and channel, with the tone of what judges a service.
SELECT week, source_id, kind, count(*) AS n,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive
FROM drill_channel
GROUP BY week, source_id, kind
