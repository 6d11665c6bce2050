-- Whose numbers a complaint counts in: all channels ('*') and its own, all agencies ('*') and each of its own.
-- `data_through`: the newest reception or event that is known of the channel.
WITH through AS (
  SELECT coalesce(channel, '*') AS channel, CAST(max(known_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS data_through
  FROM (
    SELECT channel, received_at AS known_at FROM complaint_fact
    UNION ALL
    SELECT channel, last_event_at FROM complaint_fact
    UNION ALL  -- where the last event is still ahead, those before it count
    SELECT r.channel, e.known_at FROM mart_complaint_event e
    JOIN complaint_fact r ON r.doc_id = e.doc_id WHERE r.last_event_at > getvariable('pati_now')
  )
  WHERE known_at <= getvariable('pati_now')
  GROUP BY ROLLUP (channel)
)
SELECT o.doc_id, o.channel, o.opd_id, t.data_through
FROM (
  SELECT doc_id, channel, unnest(opds) AS opd_id
  FROM (
    SELECT d.doc_id, unnest(['*', c.channel]) AS channel, list_prepend('*', coalesce(d.opd_ids, [])) AS opds
    FROM document_fact d JOIN complaint_fact c ON c.doc_id = d.doc_id
    WHERE d.kind = 'complaint' AND d.relevant
  )
) o
JOIN through t ON t.channel = o.channel
