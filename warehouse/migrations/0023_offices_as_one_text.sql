-- The offices of a document as one text, `,dlh,dputr,`: documents of an office are counted over all years, and one word
-- of a dictionary is read far faster than a list.
ALTER TABLE document_fact ADD COLUMN opd_key VARCHAR;
