-- What came from outside. One row per document; load keeps doc_id unique.
CREATE TABLE document (
  doc_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, source_id VARCHAR NOT NULL,
  external_id VARCHAR, url VARCHAR, canonical_url VARCHAR,
  title VARCHAR NOT NULL, text VARCHAR NOT NULL, author VARCHAR,
  published_at TIMESTAMPTZ, published_from VARCHAR, fetched_at TIMESTAMPTZ NOT NULL,
  parent_id VARCHAR, section VARCHAR, tags VARCHAR[], advertorial BOOLEAN NOT NULL,
  views BIGINT, likes BIGINT, comments BIGINT, shares BIGINT,
  aliases VARCHAR[], content_hash VARCHAR NOT NULL, run_id VARCHAR NOT NULL
);
CREATE TABLE complaint (
  doc_id VARCHAR NOT NULL, channel VARCHAR NOT NULL, ticket_id VARCHAR,
  status VARCHAR NOT NULL, status_raw VARCHAR NOT NULL, received_at TIMESTAMPTZ,
  classification VARCHAR, category VARCHAR, agency VARCHAR, confidentiality VARCHAR NOT NULL,
  kecamatan_raw VARCHAR, desa_raw VARCHAR, rating INTEGER
);
CREATE TABLE complaint_event (
  doc_id VARCHAR NOT NULL, position INTEGER NOT NULL, status VARCHAR NOT NULL,
  status_raw VARCHAR NOT NULL, happened_at TIMESTAMPTZ, actor VARCHAR, note VARCHAR
);
-- What was looked at and not kept, with its reason.
CREATE TABLE rejected (
  stage VARCHAR NOT NULL, run_id VARCHAR NOT NULL, source_id VARCHAR NOT NULL,
  record_key VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL,
  rejected_at TIMESTAMPTZ NOT NULL
);
-- Which landing batches are in: written in the same transaction as their rows.
CREATE TABLE landing_batch (
  batch VARCHAR NOT NULL, run_id VARCHAR NOT NULL, n_records BIGINT NOT NULL,
  loaded_at TIMESTAMPTZ NOT NULL
);
-- What the analyser says, beside what earlier versions said.
CREATE TABLE model (version VARCHAR NOT NULL, registered_at TIMESTAMPTZ NOT NULL);
CREATE TABLE enrichment (
  doc_id VARCHAR NOT NULL, model_version VARCHAR NOT NULL,
  relevant BOOLEAN NOT NULL, relevance_score DOUBLE NOT NULL, language VARCHAR NOT NULL,
  topic VARCHAR NOT NULL, topic_score DOUBLE NOT NULL,
  opd_ids VARCHAR[] NOT NULL, opd_scores DOUBLE[] NOT NULL,
  sentiment VARCHAR, sentiment_score DOUBLE NOT NULL, needs_review BOOLEAN NOT NULL,
  kecamatan VARCHAR[] NOT NULL, desa VARCHAR[] NOT NULL, quick_wins VARCHAR[] NOT NULL,
  keywords VARCHAR[] NOT NULL, why VARCHAR[] NOT NULL
);
CREATE TABLE story (
  story_id VARCHAR NOT NULL, lead_doc_id VARCHAR NOT NULL,
  first_at TIMESTAMPTZ NOT NULL, last_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE story_member (
  story_id VARCHAR NOT NULL, doc_id VARCHAR NOT NULL,
  copy_of VARCHAR  -- the earlier document whose text this one repeats, if it does
);
CREATE TABLE alert (
  alert_id VARCHAR NOT NULL, rule VARCHAR NOT NULL, subject VARCHAR NOT NULL,
  window_start DATE NOT NULL, window_end DATE NOT NULL,
  observed DOUBLE NOT NULL, expected DOUBLE NOT NULL, reason VARCHAR NOT NULL,
  status VARCHAR NOT NULL, opened_at TIMESTAMPTZ NOT NULL, closed_at TIMESTAMPTZ
);
CREATE TABLE report (
  report_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, period_start DATE NOT NULL,
  period_end DATE NOT NULL, snapshot BIGINT NOT NULL, path VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL, created_at TIMESTAMPTZ NOT NULL
);
-- One row per run of one stage: n_in = n_stored + n_duplicate + n_rejected, always.
CREATE TABLE run (
  run_id VARCHAR NOT NULL, stage VARCHAR NOT NULL, started_at TIMESTAMPTZ NOT NULL,
  finished_at TIMESTAMPTZ NOT NULL, status VARCHAR NOT NULL,
  n_in BIGINT NOT NULL, n_stored BIGINT NOT NULL, n_new BIGINT NOT NULL,
  n_duplicate BIGINT NOT NULL, n_rejected BIGINT NOT NULL, message VARCHAR NOT NULL
);
CREATE TABLE run_source (
  run_id VARCHAR NOT NULL, source_id VARCHAR NOT NULL, tried_at TIMESTAMPTZ NOT NULL,
  reachable BOOLEAN NOT NULL, n_in BIGINT NOT NULL, n_stored BIGINT NOT NULL,
  n_duplicate BIGINT NOT NULL, n_rejected BIGINT NOT NULL, last_error VARCHAR
);
-- Names of things, copied from config at every run so that views need nothing but the lake.
CREATE TABLE dim_source (source_id VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, url VARCHAR NOT NULL, scope VARCHAR NOT NULL, status VARCHAR NOT NULL, permission VARCHAR NOT NULL);
CREATE TABLE dim_topic (topic VARCHAR NOT NULL, label VARCHAR NOT NULL, dimension VARCHAR, dimension_label VARCHAR);
CREATE TABLE dim_opd (opd_id VARCHAR NOT NULL, name VARCHAR NOT NULL, short VARCHAR NOT NULL, grp VARCHAR NOT NULL);
CREATE TABLE dim_kecamatan (kecamatan VARCHAR NOT NULL, lat DOUBLE NOT NULL, lon DOUBLE NOT NULL, population BIGINT);
CREATE TABLE dim_quick_win (quick_win VARCHAR NOT NULL, name VARCHAR NOT NULL, opd_id VARCHAR, dimension VARCHAR);
