-- What marts count, one narrow row per document: a cache of the view `document_fact_now`, written in
-- the same transaction as whatever changes a document, its labels, their corrections or its story.
-- By month, so that a week is read from one or two files and a change touches small ones.
CREATE TABLE document_fact (
  doc_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, source_id VARCHAR NOT NULL, parent_id VARCHAR,
  dated_at TIMESTAMPTZ, day DATE, week DATE, fetched_at TIMESTAMPTZ NOT NULL,
  advertorial BOOLEAN NOT NULL, has_text BOOLEAN NOT NULL, has_author BOOLEAN NOT NULL,
  model_version VARCHAR, relevant BOOLEAN NOT NULL, relevance_score DOUBLE, language VARCHAR,
  topic VARCHAR, topic_score DOUBLE, opd_ids VARCHAR[], sentiment VARCHAR, sentiment_score DOUBLE,
  needs_review BOOLEAN, kecamatan_all VARCHAR[], desa_all VARCHAR[], quick_wins VARCHAR[], named_opd VARCHAR[],
  story_id VARCHAR, copy_of VARCHAR
);
ALTER TABLE document_fact SET PARTITIONED BY (year(day), month(day));
-- The same for complaints: the moments of their steps, and when they were open.
CREATE TABLE complaint_fact (
  doc_id VARCHAR NOT NULL, channel VARCHAR NOT NULL, agency VARCHAR, status VARCHAR NOT NULL,
  status_raw VARCHAR NOT NULL, phase VARCHAR, received_at TIMESTAMPTZ, received_day DATE,
  verified_at TIMESTAMPTZ, verified_by TIMESTAMPTZ, disposed_at TIMESTAMPTZ,
  first_reply_at TIMESTAMPTZ, first_reply_by TIMESTAMPTZ, agency_reply_at TIMESTAMPTZ, agency_reply_by TIMESTAMPTZ,
  ended_at TIMESTAMPTZ, ended_by TIMESTAMPTZ, reporter_answered_at TIMESTAMPTZ, last_event_at TIMESTAMPTZ,
  answered BOOLEAN, disputed BOOLEAN, disposed BOOLEAN, misrouted BOOLEAN, closed_without_work BOOLEAN,
  last_moment TIMESTAMPTZ, last_reply VARCHAR
);
CREATE TABLE complaint_spell (doc_id VARCHAR NOT NULL, from_day DATE, to_day DATE, sure BOOLEAN);
-- Which definition the cache was filled by: another one, or none, and `migrate` fills it anew.
CREATE TABLE fact_set (sha256 VARCHAR NOT NULL);
-- A page of a list reads the words of twenty documents: from small groups of rows, not from whole files.
CALL ducklake_set_option('lake', 'parquet_row_group_size', '16384');
CALL ducklake_set_option('lake', 'parquet_row_group_size', '8192', table_name => 'document');
CALL ducklake_set_option('lake', 'parquet_row_group_size', '8192', table_name => 'enrichment');
