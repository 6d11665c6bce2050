-- One row: the line of data health that every page and the report carry.
WITH health AS (
  SELECT
    count(*) AS n_sources,
    count(*) FILTER (verdict IN ('baik', 'sepi')) AS n_sources_reachable,
    count(*) FILTER (verdict = 'baik') AS n_sources_ok
  FROM mart_source_health WHERE status = 'active'
),
documents AS (
  SELECT
    max(dated_at) FILTER (dated_at <= getvariable('pati_now')) AS data_through,
    count(*) AS n_documents,
    count(*) FILTER (relevant) AS n_relevant,
    count(*) FILTER (relevant AND week IS NULL) AS n_undated
  FROM document_fact
)
SELECT
  documents.*, health.*,
  (SELECT max(finished_at) FROM run WHERE stage = 'load' AND status = 'ok') AS last_load_at,
  (SELECT count(*) FROM alert WHERE status = 'open') AS n_alerts_open,
  (SELECT arg_max(version, registered_at) FROM model) AS model_version
FROM documents, health
