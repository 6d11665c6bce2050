-- An alert is an incident with a life: what happened to it is added and never rewritten. `alert` itself
-- becomes a view of its events (marts/075_alert.sql).
CREATE TABLE alert_event (
  alert_id VARCHAR NOT NULL, position INTEGER NOT NULL,
  event VARCHAR NOT NULL,             -- opened, extended, grown, quiet, acknowledged, closed
  happened_at TIMESTAMPTZ NOT NULL,
  rule VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  window_start DATE NOT NULL, window_end DATE NOT NULL,
  observed DOUBLE NOT NULL, expected DOUBLE NOT NULL,
  reason VARCHAR NOT NULL,            -- one sentence: why
  counterfactual VARCHAR NOT NULL,    -- one sentence: without what there would be no alert
  members VARCHAR[] NOT NULL,         -- what it is about, if it is about several: sources
  doc_ids VARCHAR[] NOT NULL,         -- documents behind it
  actor VARCHAR, note VARCHAR         -- who did it and what they wrote, if a person did
);
INSERT INTO alert_event
SELECT alert_id, 0, 'opened', opened_at, rule, subject, window_start, window_end, observed, expected, reason,
  '', [], [], NULL, NULL
FROM alert;
INSERT INTO alert_event
SELECT alert_id, 1, 'closed', coalesce(closed_at, opened_at), rule, subject, window_start, window_end,
  observed, expected, reason, '', [], [], NULL, NULL
FROM alert WHERE status = 'closed';
DROP TABLE alert;
-- What was sent where: a row before each try and one after it. The address itself is a secret; `address`
-- is a keyed digest of it.
CREATE TABLE alert_delivery (
  notice VARCHAR NOT NULL, address VARCHAR NOT NULL, service VARCHAR NOT NULL,
  state VARCHAR NOT NULL,             -- sending, sent, failed
  happened_at TIMESTAMPTZ NOT NULL, detail VARCHAR NOT NULL
);
-- What a rule would have raised over the lake's own history, before it was let loose.
CREATE TABLE alert_backtest (
  rule VARCHAR NOT NULL, fingerprint VARCHAR NOT NULL, tested_at TIMESTAMPTZ NOT NULL,
  first_week DATE, last_week DATE, n_weeks INTEGER NOT NULL, n_alerts INTEGER NOT NULL,
  per_month DOUBLE, allowed_per_month DOUBLE,
  verdict VARCHAR NOT NULL            -- passed, refused, unknown
);
