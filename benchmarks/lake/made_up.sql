-- Documents number $first to $last of $total, spread over $days days before $now, more of them later, as they
-- come in reality: most are comments, few are news; few topics, offices and places make most of the volume.
-- Everything is drawn from a hash of the document's number: the same numbers give the same rows.
CREATE OR REPLACE TEMP TABLE made AS
WITH
  lists AS (
    SELECT
      (SELECT list(topic ORDER BY md5(topic)) FROM dim_topic WHERE dimension IS NOT NULL) AS topics,
      (SELECT list(opd_id ORDER BY md5(opd_id)) FROM dim_opd) AS offices,
      (SELECT list(kecamatan ORDER BY md5(kecamatan)) FROM dim_kecamatan) AS places,
      (SELECT list(quick_win ORDER BY quick_win) FROM dim_quick_win) AS wins,
      (SELECT list(source_id ORDER BY source_id) FROM dim_source WHERE kind IN ('news', 'government')) AS outlets,
      ['whatsapp', 'laporbup', 'laporgub', 'sp4n', 'langsung'] AS channels
  ),
  drawn AS (
    -- u…: shares from 0 to 1, one per question asked of a document
    SELECT i, hash(i * 64 + 1) / 1.8446744073709552e19 AS u1, hash(i * 64 + 2) / 1.8446744073709552e19 AS u2,
      hash(i * 64 + 3) / 1.8446744073709552e19 AS u3, hash(i * 64 + 4) / 1.8446744073709552e19 AS u4,
      hash(i * 64 + 5) / 1.8446744073709552e19 AS u5, hash(i * 64 + 6) / 1.8446744073709552e19 AS u6,
      hash(i * 64 + 7) / 1.8446744073709552e19 AS u7, hash(i * 64 + 8) / 1.8446744073709552e19 AS u8,
      $now::TIMESTAMPTZ - to_seconds($days * 86400.0) + to_seconds($days * 86400.0 * pow((i + 0.5) / $total, 0.8)) AS at_,
      CASE
        WHEN i % 100 = 0 THEN 'video'
        WHEN u1 < 0.58 THEN 'comment'
        WHEN u1 < 0.83 THEN 'social'
        WHEN u1 < 0.96 THEN 'news'
        ELSE 'complaint'
      END AS kind
    FROM range($first::BIGINT, $last::BIGINT) t(i)
  )
SELECT d.*,
  '1-' || left(md5(CAST(i AS VARCHAR)), 24) AS doc_id,
  '1-' || left(md5(CAST(i - i % 100 AS VARCHAR)), 24) AS video_id,
  CASE kind
    WHEN 'news' THEN l.outlets[1 + CAST(floor(len(l.outlets) * pow(u2, 2.5)) AS INTEGER)]
    WHEN 'complaint' THEN 'aduan_' || l.channels[1 + CAST(floor(5 * u2 * u2) AS INTEGER)]
    WHEN 'social' THEN 'media_sosial'
    ELSE 'youtube'
  END AS source_id,
  CASE WHEN kind = 'complaint' THEN l.channels[1 + CAST(floor(5 * u2 * u2) AS INTEGER)] END AS channel,
  -- length in pieces of about 55 characters; news have a long tail
  CASE kind WHEN 'news' THEN 8 + CAST(floor(60 * pow(u3, 2)) AS INTEGER) WHEN 'complaint' THEN 2 + CAST(floor(9 * u3) AS INTEGER)
    WHEN 'social' THEN 1 + CAST(floor(6 * u3) AS INTEGER) WHEN 'video' THEN 3 ELSE 1 + CAST(floor(3 * u3 * u3) AS INTEGER) END AS pieces,
  u4 < CASE kind WHEN 'complaint' THEN 0.97 WHEN 'news' THEN 0.6 ELSE 0.4 END AS relevant,
  l.topics[1 + CAST(floor(len(l.topics) * pow(u5, 2.2)) AS INTEGER)] AS topic,
  CASE WHEN u6 < 0.1 THEN [] ELSE list_distinct([l.offices[1 + CAST(floor(len(l.offices) * pow(u6, 2.5)) AS INTEGER)]]
    || CASE WHEN u7 < 0.15 THEN [l.offices[1 + CAST(floor(len(l.offices) * u8) AS INTEGER)]] ELSE [] END) END AS opd_ids,
  CASE WHEN u7 < 0.55 THEN [] ELSE [l.places[1 + CAST(floor(len(l.places) * pow(u8, 1.8)) AS INTEGER)]] END AS kecamatan,
  CASE WHEN u8 < 0.03 THEN [l.wins[1 + CAST(floor(len(l.wins) * u3) AS INTEGER)]] ELSE [] END AS quick_wins,
  CASE WHEN u2 < 0.45 THEN 'negatif' WHEN u2 < 0.75 THEN 'netral' ELSE 'positif' END AS sentiment,
  -- about seven articles tell one story
  CASE WHEN kind = 'news' AND u4 < 0.42 AND u6 < 0.99 THEN 's-' || left(md5(concat(i // 900, '/', hash(i * 64 + 9) % 8)), 20) END AS story_id
FROM drawn d CROSS JOIN lists l;

INSERT INTO document BY NAME
SELECT doc_id, kind, source_id, CAST(i AS VARCHAR) AS external_id, 'https://contoh.example/' || i AS url, url AS canonical_url,
  CASE WHEN kind = 'comment' THEN '' ELSE getvariable('phrases')[1 + CAST(hash(i * 64 + 10) % 50000 AS INTEGER)] END AS title,
  list_aggregate(
    list_transform(range(pieces), lambda x: getvariable('phrases')[1 + CAST(hash((i * 128 + x) * 64 + 11) % 50000 AS INTEGER)]),
    'string_agg', ' ') AS text,
  CASE WHEN kind = 'news' AND u5 < 0.5 THEN NULL ELSE 'p' || CAST(hash(i * 64 + 12) % 20000 AS VARCHAR) END AS author,
  CASE WHEN u6 < 0.99 THEN at_ END AS published_at, 'feed' AS published_from, at_ + INTERVAL 2 HOUR AS fetched_at,
  CASE WHEN kind = 'comment' THEN video_id END AS parent_id, [] AS tags, kind = 'news' AND u7 < 0.08 AS advertorial,
  CASE WHEN kind IN ('video', 'social') THEN CAST(pow(10, 5 * u8) AS BIGINT) END AS views,
  [] AS aliases, md5(concat('h', i)) AS content_hash, 'made-up' AS run_id, [] AS flags
FROM made ORDER BY i;

INSERT INTO complaint BY NAME
SELECT doc_id, channel, CAST(i AS VARCHAR) AS ticket_id, status, status AS status_raw, at_ AS received_at,
  CASE WHEN u5 < 0.05 THEN 'rahasia' ELSE 'publik' END AS confidentiality, 'OPD' AS agency,
  CASE WHEN u6 < 0.1 THEN 1 + CAST(floor(5 * u8) AS INTEGER) END AS rating
FROM (
  SELECT *, CASE WHEN u3 < 0.62 THEN 'selesai_admin' WHEN u3 < 0.72 THEN 'dibalas' WHEN u3 < 0.82 THEN 'diproses'
    WHEN u3 < 0.86 THEN 'didisposisi' WHEN u3 < 0.94 THEN 'arsip' ELSE 'baru' END AS status
  FROM made WHERE kind = 'complaint'
);

INSERT INTO complaint_event BY NAME
SELECT doc_id, step - 1 AS position, status, status AS status_raw, 'OPD' AS actor,
  CASE WHEN status IN ('dibalas', 'selesai_admin') THEN 'Sudah ditindaklanjuti.' END AS note, md5(note) AS note_hash,
  CASE WHEN u8 < 0.9 THEN at_ + to_hours(CAST(6 + step * 40 * u7 AS BIGINT)) END AS happened_at,
  at_ + to_hours(CAST(7 + step * 40 * u7 AS BIGINT)) AS seen_at, false AS derived, 'import' AS origin
FROM (
  SELECT *, unnest(steps) AS status, unnest(range(1, len(steps) + 1)) AS step FROM (
    SELECT *, CASE WHEN u3 < 0.62 THEN ['didisposisi', 'diproses', 'dibalas', 'selesai_admin'] WHEN u3 < 0.72 THEN ['didisposisi', 'diproses', 'dibalas']
      WHEN u3 < 0.82 THEN ['didisposisi', 'diproses'] WHEN u3 < 0.86 THEN ['didisposisi'] WHEN u3 < 0.94 THEN ['arsip'] ELSE [] END AS steps
    FROM made WHERE kind = 'complaint'
  )
);

INSERT INTO enrichment BY NAME
SELECT doc_id, 'm1' AS model_version, relevant, 0.5 + u4 / 2 AS relevance_score, 'id' AS language,
  CASE WHEN relevant THEN topic ELSE 'tidak_relevan' END AS topic, 0.3 + 0.7 * u5 AS topic_score,
  CASE WHEN relevant THEN opd_ids ELSE [] END AS opd_ids, CASE WHEN relevant THEN list_transform(opd_ids, lambda x: u6) ELSE [] END AS opd_scores,
  CASE WHEN relevant AND u1 > 0.02 THEN sentiment END AS sentiment, 0.4 + 0.6 * u2 AS sentiment_score, u5 < 0.1 AS needs_review,
  kecamatan, [] AS desa, quick_wins, [topic, source_id] AS keywords, [topic] AS why
FROM made ORDER BY i;

INSERT INTO story_member BY NAME
SELECT story_id, doc_id, CASE WHEN nth > 1 AND u3 < 0.5 THEN lead END AS copy_of FROM (
  SELECT *, first_value(doc_id) OVER w AS lead, row_number() OVER w AS nth
  FROM made WHERE story_id IS NOT NULL AND relevant WINDOW w AS (PARTITION BY story_id ORDER BY i)
);

INSERT INTO story BY NAME
SELECT story_id, arg_min(doc_id, i) AS lead_doc_id, min(at_) AS first_at, max(at_) AS last_at
FROM made WHERE story_id IS NOT NULL AND relevant GROUP BY story_id;
