-- The offices of a document as one text, `,dlh,dputr,`: documents of an office are counted over all years, and one word
-- of a dictionary is read far faster than a list.
ALTER TABLE document_fact ADD COLUMN opd_key VARCHAR;
-- A number made of everything that linking reads of an article; NULL for what it does not read. Whether an article changed
-- since it was linked is then asked of this narrow table, and not of every text's row.
ALTER TABLE document_fact ADD COLUMN link_key UINTEGER;
