-- What stands between quotation marks in the articles of a story, 40 to 300 characters: each wording once, with the article
-- that had it first and the number of outlets that carry it. Who said it is not read.
WITH said AS (
  SELECT f.story_id, f.doc_id, f.source_id, f.source_name, f.dated_at, d.url,
    unnest(regexp_extract_all(d.text, '[“"]([^“”"\n]{40,300})[”"]', 1)) AS quote
  FROM mart_fact f
  JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at
  WHERE f.relevant AND f.kind = 'news' AND f.story_id IS NOT NULL
)
SELECT story_id, quote, arg_min(doc_id, (dated_at, doc_id)) AS doc_id,
  arg_min(source_name, (dated_at, doc_id)) AS source_name, arg_min(url, (dated_at, doc_id)) AS url,
  min(dated_at) AS dated_at, count(DISTINCT source_id) AS n_sources
FROM said
GROUP BY story_id, quote
