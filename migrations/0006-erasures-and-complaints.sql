-- What a woman wished gone, and complaints that stand outside of every book. Valid on PostgreSQL 15.

-- Set when the body of an entry is erased: the ids of the pages that it changed, so that a check of the book knows what it cannot
-- make again from the entries. Ids say nothing of a person whose page is gone.
ALTER TABLE entries ADD COLUMN touched json;

-- The list that outlives a restore: whoever stands here is erased again from every older backup.
CREATE TABLE erasures (
  office int NOT NULL REFERENCES books (office),
  -- The id of the page that was hers; no name.
  subject text NOT NULL,
  -- Every page that went with it.
  pages text[] NOT NULL,
  done_at bigint NOT NULL,
  PRIMARY KEY (office, subject)
);

-- A complaint: words that only its two recipients can open, and what has become of it.
CREATE TABLE complaints (
  complaint text PRIMARY KEY,
  office int NOT NULL REFERENCES books (office),
  -- The day, not the moment: a moment would find the phone.
  came_on text NOT NULL,
  way text NOT NULL CHECK (way IN ('phone', 'paper')),
  -- The post of whoever is complained of; who she is stands in the sealed words.
  about text NOT NULL CHECK (about IN ('leader', 'crp', 'social-organizer', 'district', 'head-office', 'auditor')),
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'heard', 'settled', 'not-upheld')),
  state_on text NOT NULL,
  done text CHECK (done IN ('spoken', 'put-right', 'role-taken', 'passed-on', 'nothing'))
);
CREATE INDEX complaints_of_office ON complaints (office);

-- The same words, sealed once for each of the two.
CREATE TABLE complaint_copies (
  complaint text NOT NULL REFERENCES complaints (complaint) ON DELETE CASCADE,
  name text NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  box text NOT NULL,
  PRIMARY KEY (complaint, name)
);
CREATE INDEX complaint_copies_of_user ON complaint_copies (name);

-- The key of somebody who may receive complaints: the public half in the open, the private half locked by words that only she knows.
CREATE TABLE complaint_keys (
  name text PRIMARY KEY REFERENCES users (name) ON DELETE CASCADE,
  public_key json NOT NULL,
  locked_key text NOT NULL,
  made_at bigint NOT NULL
);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['erasures', 'complaints', 'complaint_copies', 'complaint_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner_all ON %I TO %I USING (true) WITH CHECK (true)', guarded, current_user);
  END LOOP;
END $$;

-- eraser: takes the words of an entry away, and can do nothing else to it. complaints: the complaint book and nothing beside it; the
-- person of the transaction is the recipient who asks.
GRANT UPDATE (body, salt, fingerprint, params, touched) ON entries TO otaq_app;
CREATE POLICY eraser ON entries TO otaq_app
  USING (otaq_duty() = 'eraser' AND office = otaq_office())
  WITH CHECK (otaq_duty() = 'eraser' AND office = otaq_office() AND body IS NULL AND salt = '' AND touched IS NOT NULL);
CREATE POLICY only_erasers ON entries AS RESTRICTIVE FOR UPDATE TO otaq_app USING (otaq_duty() = 'eraser');
CREATE POLICY eraser ON records TO otaq_app USING (otaq_duty() = 'eraser' AND office = otaq_office()) WITH CHECK (false);
CREATE POLICY eraser ON books TO otaq_app USING (otaq_duty() = 'eraser' AND office = otaq_office()) WITH CHECK (false);
-- A code that was made for her phone holds her name.
GRANT DELETE ON enrolments TO otaq_app;
CREATE POLICY eraser ON enrolments TO otaq_app USING (otaq_duty() = 'eraser' AND office = otaq_office()) WITH CHECK (false);

GRANT SELECT, INSERT, UPDATE ON erasures TO otaq_app;
CREATE POLICY app ON erasures TO otaq_app
  USING (otaq_duty() = 'eraser' AND office = otaq_office()) WITH CHECK (otaq_duty() = 'eraser' AND office = otaq_office());

GRANT SELECT, INSERT, DELETE, UPDATE (state, state_on, done) ON complaints TO otaq_app;
GRANT SELECT, INSERT ON complaint_copies TO otaq_app;
GRANT SELECT, INSERT, UPDATE ON complaint_keys TO otaq_app;
CREATE POLICY app ON complaint_copies TO otaq_app
  USING (otaq_duty() = 'complaints' AND name = otaq_person()) WITH CHECK (otaq_duty() = 'complaints');
CREATE POLICY app ON complaints TO otaq_app
  USING (otaq_duty() = 'complaints' AND complaint IN (SELECT c.complaint FROM complaint_copies c WHERE c.name = otaq_person()))
  WITH CHECK (otaq_duty() = 'complaints');
-- How many there are, of what post and in what state: no words and no recipient.
CREATE POLICY counted ON complaints FOR SELECT TO otaq_app USING (otaq_duty() = 'figures');
-- Public halves are for whoever complains; each row is written by its owner.
CREATE POLICY shown ON complaint_keys FOR SELECT TO otaq_app USING (otaq_duty() = 'complaints');
CREATE POLICY added ON complaint_keys FOR INSERT TO otaq_app
  WITH CHECK (otaq_duty() = 'complaints' AND name = otaq_person());
CREATE POLICY renewed ON complaint_keys FOR UPDATE TO otaq_app
  USING (otaq_duty() = 'complaints' AND name = otaq_person())
  WITH CHECK (otaq_duty() = 'complaints' AND name = otaq_person());
CREATE POLICY complaints ON users TO otaq_app USING (otaq_duty() = 'complaints') WITH CHECK (false);
CREATE POLICY complaints ON books TO otaq_app USING (otaq_duty() = 'complaints') WITH CHECK (false);
