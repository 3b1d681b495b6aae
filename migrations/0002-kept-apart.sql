-- Values that no book may hold: the number of an identity card. A keyed hash finds a second page with the same one; the value is
-- sealed. The application writes both and can read the sealed value back by no way: it has no right to that column.

CREATE TABLE kept_apart (
  office int NOT NULL REFERENCES books (office),
  record text COLLATE "C" NOT NULL,
  field text NOT NULL,
  keyed_hash text NOT NULL,
  sealed text NOT NULL,
  PRIMARY KEY (office, record, field)
);
CREATE INDEX kept_apart_by_hash ON kept_apart (office, field, keyed_hash);

ALTER TABLE kept_apart ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_apart FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_all ON kept_apart TO %I USING (true) WITH CHECK (true)', current_user);
END $$;

GRANT SELECT (office, record, field, keyed_hash), INSERT, DELETE ON kept_apart TO otaq_app;
CREATE POLICY app ON kept_apart TO otaq_app
  USING (otaq_duty() = 'writer' AND office = otaq_office())
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
