-- How far a book has been looked through for words of whoever was erased, in this office or in another of this installation: one mark for
-- a book, in the place of one for each of them. Valid on PostgreSQL 15.
CREATE TABLE erasures_looked (
  office int PRIMARY KEY REFERENCES books (office),
  looked_to bigint NOT NULL
);

ALTER TABLE erasures_looked ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasures_looked FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_all ON erasures_looked TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
GRANT SELECT, INSERT, UPDATE ON erasures_looked TO otaq_app;
CREATE POLICY app ON erasures_looked TO otaq_app
  USING ((SELECT otaq_duty()) = 'eraser' AND office = (SELECT otaq_office()))
  WITH CHECK ((SELECT otaq_duty()) = 'eraser' AND office = (SELECT otaq_office()));

ALTER TABLE erasures DROP COLUMN looked_to;
