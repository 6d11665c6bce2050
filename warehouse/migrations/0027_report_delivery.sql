-- The files of every approved edition of a report, by the checksum they are opened with again.
CREATE TABLE report_file (
  report_id VARCHAR NOT NULL, edition INTEGER NOT NULL, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
  n_bytes BIGINT NOT NULL, archived_at TIMESTAMPTZ NOT NULL
);
-- What was sent to whom: `intended` before a message leaves, then `sent`, `failed` (certainly not taken) or `unsure`
-- (nobody can know); `released` lets a person send an unsure one again. `address` is a keyed digest, `shown` the address
-- with its name cut. `round` counts the times somebody asked to send an edition again.
CREATE TABLE report_delivery (
  report_id VARCHAR NOT NULL, edition INTEGER NOT NULL, round INTEGER NOT NULL, position BIGINT NOT NULL,
  address VARCHAR NOT NULL,
  shown VARCHAR NOT NULL, service VARCHAR NOT NULL, message_id VARCHAR NOT NULL, state VARCHAR NOT NULL,
  person VARCHAR NOT NULL, detail VARCHAR NOT NULL, happened_at TIMESTAMPTZ NOT NULL
);
