-- What a story's relevant articles add up to: what `story_fact_now` says.
SELECT * EXCLUDE (first_day, last_day, n_undated) FROM story_fact
