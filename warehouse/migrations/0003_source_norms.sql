-- What a person expects of a source, and why records of it were not kept, run by run:
-- together they tell a quiet source from a broken and from a blocked one.
ALTER TABLE dim_source ADD COLUMN expected_per_week DOUBLE;
ALTER TABLE run_source ADD COLUMN n_deferred BIGINT DEFAULT 0;
CREATE TABLE run_source_reason (
  run_id VARCHAR NOT NULL, source_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, n BIGINT NOT NULL
);
