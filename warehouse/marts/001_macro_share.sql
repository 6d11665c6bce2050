-- A share, or NULL where it would rest on too few.
(part, whole) AS CASE WHEN enough(whole) THEN part / whole END
