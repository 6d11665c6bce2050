-- Whose numbers a complaint counts in: all channels ('*') and its own, all agencies ('*') and each of its own.
-- `data_through`: the newest reception or event that is known of the channel.
WITH through AS (
  SELECT coalesce(channel, '*') AS channel, CAST(max(known_at) AT TIME ZONE 'Asia/Jakarta' AS DATE) AS data_through
  FROM (
    SELECT channel, received_at AS known_at FROM mart_complaint_received
    UNION ALL
    SELECT r.channel, e.known_at FROM mart_complaint_event e JOIN mart_complaint_received r ON r.doc_id = e.doc_id
  )
  WHERE known_at <= getvariable('pati_now')
  GROUP BY ROLLUP (channel)
)
SELECT c.doc_id, ch.channel, o.opd_id, t.data_through
FROM mart_document d
JOIN complaint c ON c.doc_id = d.doc_id,
  unnest(['*', c.channel]) AS ch(channel),
  unnest(list_prepend('*', coalesce(d.opd_ids, []))) AS o(opd_id),
  through t
WHERE d.relevant AND t.channel = ch.channel
