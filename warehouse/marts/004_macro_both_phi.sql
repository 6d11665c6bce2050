-- Correlation, within one item, of "is positive" and "is negative" (shares p and q of the items): an item is never both.
(p, q) AS CASE WHEN p > 0 AND q > 0 AND p < 1 AND q < 1 THEN -p * q / sqrt(p * (1 - p) * q * (1 - q)) ELSE 0.0 END
