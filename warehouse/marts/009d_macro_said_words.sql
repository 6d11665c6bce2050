-- The words of a text, each once: runs of 3 to 25 letters in lower case, without what was masked ([NAMA]), addresses and
-- names of accounts. Of a very long text the first 20,000 characters.
(said) AS list_filter(list_distinct(regexp_split_to_array(
  regexp_replace(lower(left(said, 20000)), '\[[^\]]*\]|https?://\S+|www\.\S+|@\S+', ' ', 'g'), '[^\p{L}]+')),
  lambda word: length(word) BETWEEN 3 AND 25)
