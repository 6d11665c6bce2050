-- The offices that a text counts for, out of up to three candidates: the first, and another one only if it is at least
-- as likely as 1 in 10. An office is not charged with a complaint that is another's with 97 percent. What a person
-- entered has the score 1.
(opd_ids, opd_scores) AS list_filter(opd_ids, lambda opd, place: place = 1 OR coalesce(opd_scores[place] >= 0.1, true))
