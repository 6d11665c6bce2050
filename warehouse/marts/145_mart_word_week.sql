-- Comments and posts that have a word, per week and kind, and how many people wrote them (by pseudonym).
SELECT week, kind, word, count(*) AS n, count(DISTINCT author) AS n_authors
FROM drill_word
GROUP BY week, kind, word
