-- As whom a pack shows complaints (a scope of `warehouse.access`): what its readers can have seen.
ALTER TABLE evidence_pack ADD COLUMN role VARCHAR;
