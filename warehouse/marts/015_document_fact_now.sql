-- What the table `document_fact` has to hold; `warehouse.store.facts` keeps it so. One row per document.
-- `day` and `week` (Monday) are calendar days in WIB of the publication, or of the reception for a
-- complaint; a document without a trustworthy date has NULL and is counted in no week. A document whose
-- words were erased at a person's request still counts as one with a text.
SELECT
  d.doc_id, d.kind, d.source_id, d.parent_id,
  coalesce(c.received_at, d.published_at) AS dated_at,
  CAST(coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS day,
  CAST(date_trunc('week', coalesce(c.received_at, d.published_at) AT TIME ZONE 'Asia/Jakarta') AS DATE) AS week,
  d.fetched_at, d.advertorial,
  length(d.text) > 0 OR coalesce(list_contains(d.flags, 'erased'), false) AS has_text,
  d.author IS NOT NULL AS has_author,
  e.model_version, coalesce(e.relevant, false) AS relevant, e.relevance_score, e.language,
  e.topic, e.topic_score, likely(e.opd_ids, e.opd_scores) AS opd_ids, e.sentiment, e.sentiment_score,
  e.needs_review, e.kecamatan AS kecamatan_all, e.desa AS desa_all, e.quick_wins, e.named_opd,
  m.story_id, m.copy_of, key_of(d.doc_id) AS doc_key,
  CASE WHEN len(e.opd_ids) > 0 THEN ',' || array_to_string(likely(e.opd_ids, e.opd_scores), ',') || ',' END AS opd_key,
  CASE WHEN d.kind = 'news' AND e.relevant AND d.published_at IS NOT NULL THEN
    CAST('0x' || left(md5(concat_ws(chr(31), d.content_hash, d.source_id, epoch_us(d.published_at)::VARCHAR,
      array_to_string(e.kecamatan, ','), e.topic,
      coalesce(list_contains(d.flags, 'other_site'), false)::VARCHAR)), 8) AS UINTEGER) END AS link_key
FROM document d
LEFT JOIN complaint c ON c.doc_id = d.doc_id
LEFT JOIN enrichment_current e ON e.doc_id = d.doc_id
LEFT JOIN story_member m ON m.doc_id = d.doc_id
