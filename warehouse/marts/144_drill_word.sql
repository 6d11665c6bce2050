-- Which comments and posts have a word; a text has each of its words once, however often it repeats it.
SELECT f.week, f.kind, f.source_id, f.sentiment, f.doc_id, coalesce(d.author, f.doc_id) AS author,
  unnest(said_words(d.text)) AS word
FROM mart_fact f
JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at
WHERE f.relevant AND f.week IS NOT NULL AND f.kind IN ('comment', 'social')
