-- I10, net service sentiment, per period and scope (all, agency, kecamatan, dimension, topic), over documents of all kinds
-- that judge a service. n are documents, n_stories stories, n_voices independent texts (a story told by an outlet in its
-- own words). Copies say one thing several times: the interval does not rest on n but on the effective number
-- n_effective = n² ÷ sum of the squared sizes of the groups of one text (Kish 1965, Survey Sampling, p. 259).
-- net_tone and the shares are NULL below ten documents; their intervals: `net_tone_low`, `wilson_low`.
WITH texts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, scope, scope_id, root, any_value(item) AS item,
    any_value(source_id) FILTER (copy_of IS NULL) AS author,
    count(*) AS n,
    count(*) FILTER (sentiment = 'negatif') AS n_negative,
    count(*) FILTER (sentiment = 'netral') AS n_neutral,
    count(*) FILTER (sentiment = 'positif') AS n_positive
  FROM drill_tone GROUP BY period_kind, period, scope, scope_id, root
),
counts AS (
  SELECT period_kind, period, any_value(period_end) AS period_end, scope, scope_id,
    CAST(sum(n) AS BIGINT) AS n, count(DISTINCT item) AS n_stories,
    count(DISTINCT (item, author)) FILTER (author IS NOT NULL) AS n_voices,
    CAST(sum(n_negative) AS BIGINT) AS n_negative, CAST(sum(n_neutral) AS BIGINT) AS n_neutral,
    CAST(sum(n_positive) AS BIGINT) AS n_positive,
    sum(n) * sum(n) / sum(n * n) AS n_effective
  FROM texts GROUP BY period_kind, period, scope, scope_id
)
SELECT *,
  net_tone(n_negative, n_neutral, n_positive) AS net_tone,
  CASE WHEN enough(n) THEN net_tone_low(n_positive / n, n_negative / n, n_effective) END AS net_tone_low,
  CASE WHEN enough(n) THEN net_tone_high(n_positive / n, n_negative / n, n_effective) END AS net_tone_high,
  share(n_negative, n) AS negative_share
FROM counts
