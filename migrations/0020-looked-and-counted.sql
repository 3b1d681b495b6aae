-- What came after an erasure, and by which rule a figure was counted. Valid on PostgreSQL 15.

-- Up to here the book has been looked through for words of somebody who was erased: a phone that had not heard of it, or a page of
-- hers that was handed over, may bring her back at any time after.
ALTER TABLE erasures ADD COLUMN looked_to bigint NOT NULL DEFAULT 0;

-- By which version of its measure the pages of a kind are counted in an office's book. No row: by the first.
CREATE TABLE measures (
  office int NOT NULL REFERENCES books (office),
  kind text NOT NULL,
  version int NOT NULL,
  -- While they are counted again: the last page that was. Null when all of them are.
  counted_to text COLLATE "C",
  PRIMARY KEY (office, kind)
);

ALTER TABLE measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE measures FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_all ON measures TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
GRANT SELECT, INSERT, UPDATE ON measures TO otaq_app;
CREATE POLICY app ON measures TO otaq_app
  USING ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));
