-- On which day a phone last spoke, for the desk to see which have fallen silent. No person and no token stand here.
CREATE TABLE phones_heard (
  office int NOT NULL REFERENCES books (office),
  seat int NOT NULL,
  heard_on date NOT NULL,
  PRIMARY KEY (office, seat)
);
ALTER TABLE phones_heard ENABLE ROW LEVEL SECURITY;
ALTER TABLE phones_heard FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY owner_all ON phones_heard TO %I USING (true) WITH CHECK (true)', current_user);
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON phones_heard TO otaq_app;
CREATE POLICY app ON phones_heard TO otaq_app
  USING (otaq_duty() = 'figures' OR (otaq_duty() = 'writer' AND office = otaq_office()))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
