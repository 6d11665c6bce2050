-- One row per alert, as its events leave it: open, acknowledged or closed.
SELECT
  alert_id, any_value(rule) AS rule, any_value(subject) AS subject,
  min(window_start) FILTER (event IN ('opened', 'extended', 'grown')) AS window_start,
  max(window_end) FILTER (event IN ('opened', 'extended', 'grown')) AS window_end,
  arg_max(observed, position) FILTER (event IN ('opened', 'extended', 'grown')) AS observed,
  arg_max(expected, position) FILTER (event IN ('opened', 'extended', 'grown')) AS expected,
  arg_max(reason, position) FILTER (event IN ('opened', 'extended', 'grown')) AS reason,
  CASE arg_max(event, position) FILTER (event IN ('opened', 'acknowledged', 'closed'))
    WHEN 'opened' THEN 'open' WHEN 'acknowledged' THEN 'acknowledged' ELSE 'closed' END AS status,
  min(happened_at) FILTER (event = 'opened') AS opened_at,
  CASE WHEN arg_max(event, position) FILTER (event IN ('opened', 'acknowledged', 'closed')) = 'closed'
    THEN arg_max(happened_at, position) FILTER (event = 'closed') END AS closed_at,
  arg_max(counterfactual, position) FILTER (event IN ('opened', 'extended', 'grown')) AS counterfactual,
  arg_max(members, position) FILTER (event IN ('opened', 'extended', 'grown')) AS members,
  arg_max(doc_ids, position) FILTER (event IN ('opened', 'extended', 'grown')) AS doc_ids,
  arg_max(actor, position) FILTER (actor IS NOT NULL) AS actor,
  arg_max(note, position) FILTER (note IS NOT NULL) AS note,
  arg_max(happened_at, position) FILTER (actor IS NOT NULL) AS handled_at
FROM alert_event GROUP BY alert_id
