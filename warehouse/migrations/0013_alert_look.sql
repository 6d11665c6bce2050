-- Which weeks the rules have looked at, so that weeks without a run can be made up for. One row per week.
CREATE TABLE alert_look (
  week DATE NOT NULL,                 -- its Monday
  looked_at TIMESTAMPTZ NOT NULL,     -- first time
  late BOOLEAN NOT NULL               -- after it had been missed
);
-- What is known of earlier looks: the newest week that left an event or that rules were tested up to.
INSERT INTO alert_look
SELECT week, looked_at, false FROM (
  SELECT window_start AS week, happened_at AS looked_at FROM alert_event WHERE actor IS NULL
  UNION ALL SELECT last_week, tested_at FROM alert_backtest WHERE last_week IS NOT NULL
) QUALIFY row_number() OVER (ORDER BY week DESC, looked_at) = 1;
