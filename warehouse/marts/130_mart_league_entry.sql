-- What the league tables of shares compare: n items of a unit in a period, k of them counted; `n_effective` is n, less
-- where copies repeat one text. opd_tone, kecamatan_tone: k negative of n documents that judge a service (`mart_tone`).
-- opd_unanswered: k open without a reply of n valid complaints; opd_closed: k closed within 14 working days of n valid.
SELECT 'opd_tone' AS league, period_kind, period, period_end, scope_id AS unit_id, n, n_negative AS k, n_effective
FROM mart_tone WHERE scope = 'opd'
UNION ALL
SELECT 'kecamatan_tone', period_kind, period, period_end, scope_id, n, n_negative, n_effective
FROM mart_tone WHERE scope = 'kecamatan'
UNION ALL
SELECT 'opd_unanswered', period_kind, period, period_end, opd_id, n_valid, n_unanswered, n_valid
FROM mart_complaint_cohort WHERE channel = '*' AND opd_id <> '*' AND n_valid > 0
UNION ALL
SELECT 'opd_closed', period_kind, period, period_end, opd_id, n_valid, n_closed_within, n_valid
FROM mart_complaint_resolution WHERE channel = '*' AND opd_id <> '*' AND n_days = 14 AND n_valid > 0
