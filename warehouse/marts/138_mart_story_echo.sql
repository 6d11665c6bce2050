-- Press-release echo of a story: articles of the press, and those of them that repeat a government's text.
SELECT story_id, count(*) AS n, count(*) FILTER (echo) AS n_echo
FROM drill_story_echo
GROUP BY story_id
