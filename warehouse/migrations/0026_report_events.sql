-- What people did to a report before and after it went out; added to and never rewritten. `based` says which snapshot and
-- moment a draft speaks of; `worded`, `hidden`, `shown` and `moved` change what is printed; `advised`, `withdrawn` and
-- `judged` are recommendations and what became of them; `reviewed`, `returned`, `approved` and `sent` move the report on.
CREATE TABLE report_event (
  report_id VARCHAR NOT NULL, position INTEGER NOT NULL, action VARCHAR NOT NULL,
  target VARCHAR NOT NULL,            -- id of a sentence, a section or a recommendation; empty: the report as a whole
  old_text VARCHAR, new_text VARCHAR, -- before and after; a recommendation as JSON
  reason VARCHAR NOT NULL, snapshot BIGINT, as_of TIMESTAMPTZ,
  person VARCHAR NOT NULL, happened_at TIMESTAMPTZ NOT NULL
);
