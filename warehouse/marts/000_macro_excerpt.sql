-- What leaves the restricted store of a body: the longest excerpt, in characters.
(words) AS left(words, 300)
