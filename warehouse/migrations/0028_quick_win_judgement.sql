-- What judges gave quick wins, criterion by criterion, for the comparison of a year: added to and never rewritten. The newest
-- row of a judge for a criterion holds; one without a score takes the judgement back.
CREATE TABLE quick_win_judgement (
  year INTEGER NOT NULL, quick_win VARCHAR NOT NULL, criterion VARCHAR NOT NULL, judge VARCHAR NOT NULL,
  position INTEGER NOT NULL, score INTEGER, remark VARCHAR, judged_at TIMESTAMPTZ NOT NULL
);
-- The launch, where sources agree on it: complaints are compared before and after it.
ALTER TABLE dim_quick_win ADD COLUMN start DATE;
