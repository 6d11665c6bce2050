-- The course of a story: articles per day, by how they came to be.
SELECT story_id, day, voice, count(*) AS n, count(DISTINCT source_id) AS n_sources
FROM drill_story_day
GROUP BY story_id, day, voice
