-- What teaches the models most when a person labels it: one row per text whose labels nobody has judged and of which the
-- model is not sure. `doubt` (0 to 1) is its greatest doubt about one label: how often it is wrong at such a score for
-- topic and tone, how near relevance is to a coin's toss, and 1 for a complaint without an office. A text that the model
-- itself asks about (`needs_review`) counts its doubt from one half on. `value` multiplies that by the size of the slice
-- (kind and topic) against the largest one, as a square root: many texts like it learn from the answer, and rare slices
-- do not vanish (information density, B. Settles and M. Craven, 2008, with the slice in place of the similarity).
-- Copies of one text are asked about once; a confidential complaint and an erased text are not shown here.
WITH judged AS (
  SELECT DISTINCT coalesce(f.copy_of, f.doc_id) AS family
  FROM document_fact f SEMI JOIN label_correction_now c ON c.doc_id = f.doc_id
),
labelled AS (
  SELECT doc_id, kind, topic, relevant, day, needs_review, coalesce(copy_of, doc_id) AS family,
    count(*) OVER (PARTITION BY kind, topic) AS n_slice,
    1 - topic_score AS topic_doubt,
    1 - abs(2 * relevance_score - 1) AS relevance_doubt,
    CASE WHEN sentiment IS NULL THEN 0 ELSE 1 - sentiment_score END AS sentiment_doubt,
    CASE WHEN kind = 'complaint' AND relevant AND topic <> 'politik' AND len(opd_ids) = 0 THEN 1 ELSE 0 END AS opd_doubt
  FROM document_fact WHERE model_version IS NOT NULL AND has_text
),
weighed AS (
  SELECT *, greatest(topic_doubt, relevance_doubt, sentiment_doubt, opd_doubt) AS doubt,
    CASE doubt
      WHEN opd_doubt THEN 'opd' WHEN topic_doubt THEN 'topic' WHEN sentiment_doubt THEN 'sentiment' ELSE 'relevant'
    END AS about,
    (CASE WHEN needs_review THEN (1 + doubt) / 2 ELSE doubt / 2 END)
      * sqrt(n_slice / max(n_slice) OVER ()) AS value
  FROM labelled
)
SELECT w.doc_id, w.kind, w.topic, t.label AS topic_label, w.day, w.about, w.needs_review, w.doubt, w.n_slice, w.value,
  w.family, count(*) OVER (PARTITION BY w.family) AS n_alike
FROM weighed w
LEFT JOIN dim_topic t ON t.topic = w.topic
ANTI JOIN judged j ON j.family = w.family
ANTI JOIN (
  SELECT doc_id FROM complaint WHERE confidentiality = 'rahasia'
  UNION ALL SELECT doc_id FROM document WHERE list_contains(flags, 'erased')
) h ON h.doc_id = w.doc_id
-- below 0.3 the model is right in seven of ten such texts: nothing to ask
WHERE w.needs_review OR w.doubt >= 0.3
QUALIFY row_number() OVER (PARTITION BY w.family ORDER BY w.value DESC, w.doc_id) = 1
