-- Which documents the line of data health counts.
SELECT doc_id, relevant, relevant AND week IS NULL AS undated FROM mart_fact
