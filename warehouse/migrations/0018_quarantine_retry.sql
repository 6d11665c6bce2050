-- Who asked when that a record which was not kept be tried once more, and what became of it. `record_id` names the
-- record (`mart_quarantine`). `lined_at` and `n_before`: since when it stands in line again, and how often it had been
-- rejected until then; a further rejection is its new verdict. `outcome`: settled, rejected, or NULL while it waits.
CREATE TABLE quarantine_retry (
  record_id VARCHAR NOT NULL, asked_at TIMESTAMPTZ NOT NULL, asked_by VARCHAR NOT NULL,
  lined_at TIMESTAMPTZ, n_before BIGINT, tried_at TIMESTAMPTZ, outcome VARCHAR
);
