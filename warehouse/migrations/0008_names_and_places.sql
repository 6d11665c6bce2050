-- What the indicators need: which regency offices a text names (they may not be the responsible ones), the regency's
-- own population, and to which kecamatan a desa belongs (30 names of desa stand in more than one).
ALTER TABLE enrichment ADD COLUMN named_opd VARCHAR[];
CREATE TABLE dim_regency (name VARCHAR NOT NULL, population BIGINT NOT NULL, population_note VARCHAR NOT NULL);
CREATE TABLE dim_desa (desa VARCHAR NOT NULL, kecamatan VARCHAR NOT NULL);
