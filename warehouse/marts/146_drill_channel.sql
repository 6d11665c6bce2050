-- What a channel or account brings per week: its videos, posts, and the comments under its videos.
SELECT week, source_id, kind, doc_id, sentiment
FROM mart_counted WHERE kind IN ('video', 'comment', 'social')
