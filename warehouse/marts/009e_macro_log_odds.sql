-- How far a word marks one group of texts against another: the difference of its log-odds, each smoothed by an informative
-- prior, in standard deviations (Monroe, Colaresi & Quinn 2008, Political Analysis 16:372-403, eq. 15, 16, 22 and 23).
-- y: times in group 1 and 2; n: of all words in the group; a: the word's share of the prior, a0: the whole prior.
(y1, n1, y2, n2, a, a0) AS
  (ln((y1 + a) / (n1 + a0 - y1 - a)) - ln((y2 + a) / (n2 + a0 - y2 - a))) / sqrt(1 / (y1 + a) + 1 / (y2 + a))
