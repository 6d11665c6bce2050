-- What a rejected record is called: its source and its key, folded.
(source_id, record_key) AS md5(concat_ws(chr(31), source_id, record_key))
