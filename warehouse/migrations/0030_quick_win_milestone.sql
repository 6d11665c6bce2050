-- The steps of quick wins, from the register: the weekly report names those that are due or overdue.
CREATE TABLE dim_quick_win_milestone (
  quick_win VARCHAR NOT NULL, position INTEGER NOT NULL, name VARCHAR NOT NULL, due DATE, done DATE
);
