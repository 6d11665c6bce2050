-- The number that a document is looked for by. Two documents may share one: the id decides. At most eight digits, so that
-- nobody takes the smallest and the largest of a file, which the catalog keeps, for the number of a person.
(doc_id) AS (md5_number_lower(doc_id) % 16777216)::UINTEGER
