-- Whose numbers a complaint counts in: all channels ('*') and its own, all agencies ('*') and each of its own.
-- `data_through`: the newest reception or event that is known of the channel.
WITH through AS (
  SELECT coalesce(s.channel, '*') AS channel,
    CAST(max(greatest(s.received_at, s.last_event_at)) FILTER (greatest(s.received_at, s.last_event_at) <= getvariable('pati_now'))
      AT TIME ZONE 'Asia/Jakarta' AS DATE) AS data_through
  FROM mart_complaint_step s GROUP BY ROLLUP (s.channel)
)
SELECT c.doc_id, ch.channel, o.opd_id, t.data_through
FROM mart_document d
JOIN complaint c ON c.doc_id = d.doc_id,
  unnest(['*', c.channel]) AS ch(channel),
  unnest(list_prepend('*', coalesce(d.opd_ids, []))) AS o(opd_id),
  through t
WHERE d.relevant AND t.channel = ch.channel
