-- What the table `story_fact` has to hold; `warehouse.store.facts` keeps it so. What a story's relevant articles
-- add up to, and the days (WIB) between which they lie, except those without a trustworthy date.
-- n_voices counts outlets that wrote their own text: an article whose text repeats an earlier one adds an
-- article, not a voice.
SELECT
  story_id,
  count(*) AS n_articles,
  count(DISTINCT source_id) AS n_sources,
  count(*) FILTER (copy_of IS NOT NULL) AS n_copies,
  count(DISTINCT source_id) FILTER (copy_of IS NULL) AS n_voices,
  count(*) FILTER (sentiment = 'negatif') AS n_negative,
  count(*) FILTER (sentiment = 'netral') AS n_neutral,
  count(*) FILTER (sentiment = 'positif') AS n_positive,
  min(day) AS first_day, max(day) AS last_day, count(*) FILTER (day IS NULL) AS n_undated
FROM document_fact
WHERE relevant AND story_id IS NOT NULL
GROUP BY story_id
