-- I14, government voice: negative news stories that name an office of the regency or its government within 48 hours ÷
-- negative stories where names were looked for, per period and agency ('*': all). NULL below ten. To be named is not to
-- be quoted: the number is an upper bound of being heard. n_unknown: stories nobody looked through for names.
SELECT period_kind, period, any_value(period_end) AS period_end, opd_id, count(*) AS n,
  count(*) FILTER (voiced) AS n_voiced, count(*) FILTER (voiced IS NULL) AS n_unknown,
  share(count(*) FILTER (voiced), count(voiced)) AS gov_voice,
  CASE WHEN enough(count(voiced)) THEN wilson_low(count(*) FILTER (voiced) / count(voiced), count(voiced)) END AS gov_voice_low,
  CASE WHEN enough(count(voiced)) THEN wilson_high(count(*) FILTER (voiced) / count(voiced), count(voiced)) END AS gov_voice_high
FROM drill_gov_voice
GROUP BY period_kind, period, opd_id
