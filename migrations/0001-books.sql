-- The whole database. Every table with personal data stands behind forced row-level security: a transaction says what its
-- duty is, for which office and which person, and sees nothing else. Valid on PostgreSQL 15.

CREATE TABLE installation (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- A server that was restored is in a new epoch.
  epoch_number int NOT NULL,
  epoch_name text NOT NULL,
  -- P-256 key pair as JWK: phones seal unsent lines to the public half.
  sealing_key json NOT NULL,
  sample boolean NOT NULL DEFAULT false
);

CREATE TABLE books (
  office int PRIMARY KEY,
  above int REFERENCES books (office),
  tier text NOT NULL,
  names json NOT NULL,
  sequence bigint NOT NULL DEFAULT 0,
  head text NOT NULL,
  structure_at bigint NOT NULL DEFAULT 0,
  safe bigint NOT NULL DEFAULT 0,
  heard_at bigint
);

CREATE TABLE seats (
  seat int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office int NOT NULL REFERENCES books (office),
  person text,
  nature text NOT NULL CHECK (nature IN ('person', 'import', 'server')),
  last_line int NOT NULL DEFAULT 0,
  closed text CHECK (closed IN ('withdrawn', 'cloned')),
  -- SHA-256 of the token that the phone holds.
  token_hash text UNIQUE
);
CREATE INDEX seats_of_office ON seats (office);

CREATE TABLE enrolments (
  code_hash text PRIMARY KEY,
  office int NOT NULL REFERENCES books (office),
  person text NOT NULL,
  names json NOT NULL,
  organization text NOT NULL,
  made_by text,
  by_staff boolean NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint
);

CREATE TABLE users (
  name text PRIMARY KEY,
  password_hash text NOT NULL,
  shown_name text NOT NULL,
  role text NOT NULL CHECK (role IN ('district', 'head-office', 'auditor')),
  office int NOT NULL REFERENCES books (office),
  failures int NOT NULL DEFAULT 0,
  closed_until bigint NOT NULL DEFAULT 0
);

CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  name text NOT NULL REFERENCES users (name),
  expires_at bigint NOT NULL
);

-- The book itself: append only. The body is kept as the text that was hashed.
CREATE TABLE entries (
  office int NOT NULL REFERENCES books (office),
  sequence bigint NOT NULL,
  seat int NOT NULL,
  line int NOT NULL,
  person text,
  command text,
  state text NOT NULL CHECK (state IN ('accepted', 'flagged', 'refused')),
  at bigint NOT NULL,
  received_at bigint NOT NULL,
  body text,
  salt text NOT NULL,
  body_hash text NOT NULL,
  hash text NOT NULL,
  fingerprint text NOT NULL,
  code text,
  params json,
  matter text,
  PRIMARY KEY (office, sequence)
);
CREATE UNIQUE INDEX entries_of_seat ON entries (office, seat, line);

CREATE TABLE records (
  office int NOT NULL REFERENCES books (office),
  id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  scope text NOT NULL,
  purpose text NOT NULL,
  circle text[] NOT NULL DEFAULT '{}',
  stage smallint NOT NULL,
  version int NOT NULL,
  sequence bigint NOT NULL,
  body json NOT NULL,
  corrected json,
  worth json NOT NULL,
  PRIMARY KEY (office, id)
);
CREATE INDEX records_by_sequence ON records (office, sequence);
CREATE INDEX records_by_stage ON records (office, stage, id);
CREATE INDEX records_by_kind ON records (office, kind);

CREATE TABLE record_keys (
  office int NOT NULL,
  kind text NOT NULL,
  index_name text NOT NULL,
  key text NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (office, kind, index_name, key, id)
);
CREATE INDEX record_keys_of_record ON record_keys (office, id);

-- Where a record once stood: whoever saw it there is told that it left.
CREATE TABLE departures (
  office int NOT NULL,
  sequence bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  purpose text NOT NULL,
  scope text NOT NULL,
  circle text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (office, sequence, id, purpose, scope)
);

CREATE TABLE figures (
  office int NOT NULL REFERENCES books (office),
  purpose text NOT NULL,
  figure text NOT NULL,
  dimensions text NOT NULL,
  period text NOT NULL,
  count bigint NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (office, figure, dimensions, period, purpose)
);
CREATE INDEX figures_by_name ON figures (figure, office);

CREATE TABLE reaches (
  office int NOT NULL REFERENCES books (office),
  person text NOT NULL,
  purpose text NOT NULL,
  scope text NOT NULL,
  since int NOT NULL,
  until int,
  PRIMARY KEY (office, person, purpose, scope, since)
);
CREATE TABLE reach_versions (
  office int NOT NULL REFERENCES books (office),
  person text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (office, person)
);

CREATE FUNCTION otaq_duty() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('otaq.duty', true), '') $$;
CREATE FUNCTION otaq_office() RETURNS int LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('otaq.office', true), '')::int $$;
CREATE FUNCTION otaq_person() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('otaq.person', true), '') $$;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['installation', 'books', 'seats', 'enrolments', 'users', 'sessions', 'entries', 'records', 'record_keys',
    'departures', 'figures', 'reaches', 'reach_versions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    -- Migrations, `otaq verify` and the setting-up of an installation speak as the owner.
    EXECUTE format('CREATE POLICY owner_all ON %I TO %I USING (true) WITH CHECK (true)', guarded, current_user);
  END LOOP;
END $$;

GRANT SELECT ON installation TO otaq_app;
GRANT SELECT, UPDATE ON books TO otaq_app;
GRANT SELECT, INSERT, UPDATE ON seats, enrolments TO otaq_app;
GRANT SELECT, UPDATE ON users TO otaq_app;
GRANT SELECT, INSERT, DELETE ON sessions TO otaq_app;
-- Nobody who speaks as Otaq changes or takes away an entry.
GRANT SELECT, INSERT ON entries TO otaq_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON records, record_keys, reaches TO otaq_app;
GRANT SELECT, INSERT ON departures TO otaq_app;
GRANT SELECT, INSERT, UPDATE ON figures, reach_versions TO otaq_app;

CREATE POLICY app ON installation TO otaq_app USING (true);

-- gate: who is knocking. writer: the book under its lock. reader: what one person reaches. leaver: ids of what she no longer
-- reaches. figures: sums of offices, never a record.
CREATE POLICY app ON books TO otaq_app
  USING (otaq_duty() IN ('gate', 'figures') OR office = otaq_office())
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON seats TO otaq_app
  USING (otaq_duty() = 'gate' OR (otaq_duty() = 'writer' AND office = otaq_office()))
  WITH CHECK (otaq_duty() = 'gate' OR (otaq_duty() = 'writer' AND office = otaq_office()));
CREATE POLICY app ON enrolments TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
CREATE POLICY app ON users TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
CREATE POLICY app ON sessions TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
CREATE POLICY app ON entries TO otaq_app
  USING (otaq_duty() = 'writer' AND office = otaq_office())
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON reaches TO otaq_app
  USING (office = otaq_office() AND (otaq_duty() = 'writer' OR (otaq_duty() IN ('reader', 'leaver') AND person = otaq_person())))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON reach_versions TO otaq_app
  USING (office = otaq_office() AND (otaq_duty() = 'writer' OR (otaq_duty() IN ('reader', 'leaver') AND person = otaq_person())))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON records TO otaq_app
  USING (
    office = otaq_office()
    AND (
      otaq_duty() = 'writer'
      OR (otaq_duty() = 'reader' AND (
        purpose = 'reference'
        OR (purpose, scope) IN (
          SELECT r.purpose, r.scope FROM reaches r
          WHERE r.office = otaq_office() AND r.person = otaq_person() AND r.until IS NULL)
        OR (otaq_person() <> '' AND circle @> ARRAY[otaq_person()])))
      OR (otaq_duty() = 'leaver' AND (purpose, scope) IN (
        SELECT r.purpose, r.scope FROM reaches r
        WHERE r.office = otaq_office() AND r.person = otaq_person() AND r.until IS NOT NULL))))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON record_keys TO otaq_app
  USING (otaq_duty() = 'writer' AND office = otaq_office())
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON departures TO otaq_app
  USING (
    office = otaq_office()
    AND (
      otaq_duty() = 'writer'
      OR (otaq_duty() IN ('reader', 'leaver') AND (
        purpose = 'reference'
        OR (purpose, scope) IN (
          SELECT r.purpose, r.scope FROM reaches r WHERE r.office = otaq_office() AND r.person = otaq_person())
        OR (otaq_person() <> '' AND circle @> ARRAY[otaq_person()])))))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON figures TO otaq_app
  USING (
    otaq_duty() = 'figures'
    OR (office = otaq_office() AND (
      otaq_duty() = 'writer'
      OR (otaq_duty() = 'reader' AND purpose IN (
        SELECT r.purpose FROM reaches r
        WHERE r.office = otaq_office() AND r.person = otaq_person() AND r.until IS NULL)))))
  WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
