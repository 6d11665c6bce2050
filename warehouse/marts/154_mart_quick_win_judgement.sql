-- What judges gave quick wins, as it stands: the newest score of each judge for each criterion; what was taken back is not there.
SELECT year, quick_win, criterion, judge, position, score, remark, judged_at
FROM (
  SELECT * FROM quick_win_judgement
  QUALIFY row_number() OVER (PARTITION BY year, quick_win, criterion, lower(judge) ORDER BY position DESC) = 1
)
WHERE score IS NOT NULL
