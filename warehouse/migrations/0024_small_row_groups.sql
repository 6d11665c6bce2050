-- A list shows twenty documents that may lie anywhere: the words of whole row groups are unpacked for each of them. With
-- 2,048 rows (one vector of DuckDB) instead of 8,192 such a list takes four fifths of the time; the files stay as large.
-- Files that are there already are written anew as `pati lake maintain` merges them.
CALL ducklake_set_option('lake', 'parquet_row_group_size', '2048', table_name => 'document');
