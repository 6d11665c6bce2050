"""A long life: retention, compaction, expiry of versions, backups, and deriving everything again."""
