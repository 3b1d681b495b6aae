-- Staff: who signs in at the desk, with what, and what they looked at. Valid on PostgreSQL 15.

ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users
  ADD CONSTRAINT users_role_known CHECK (role IN ('social-organizer', 'district', 'head-office', 'auditor', 'funder')),
  -- What an authenticator knows the person by: says nothing about her.
  ADD COLUMN handle text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', ''),
  ADD COLUMN totp_secret text,
  -- Shown, and not yet proved by a first code.
  ADD COLUMN totp_pending text,
  -- The last half minute whose code was used: no code is good twice.
  ADD COLUMN totp_step bigint NOT NULL DEFAULT 0,
  -- A password that the operator gave is good until then; null once the person has chosen her own.
  ADD COLUMN start_until bigint,
  ADD CONSTRAINT users_handle_once UNIQUE (handle);

-- The offices that a social organizer holds, besides the one above them.
CREATE TABLE user_offices (
  name text NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  office int NOT NULL REFERENCES books (office),
  PRIMARY KEY (name, office)
);
CREATE INDEX user_offices_of_office ON user_offices (office);

CREATE TABLE passkeys (
  credential text PRIMARY KEY,
  name text NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL DEFAULT '{}',
  made_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX passkeys_of_user ON passkeys (name);

CREATE TABLE recovery_codes (
  name text NOT NULL REFERENCES users (name) ON DELETE CASCADE,
  code_hash text NOT NULL,
  PRIMARY KEY (name, code_hash)
);

-- A challenge that an authenticator was asked to sign: good once, for minutes.
CREATE TABLE ceremonies (
  challenge text PRIMARY KEY,
  name text REFERENCES users (name) ON DELETE CASCADE,
  expires_at bigint NOT NULL
);
CREATE INDEX ceremonies_of_user ON ceremonies (name);

DELETE FROM sessions;
ALTER TABLE sessions DROP CONSTRAINT sessions_name_fkey;
ALTER TABLE sessions
  ADD CONSTRAINT sessions_name_fkey FOREIGN KEY (name) REFERENCES users (name) ON DELETE CASCADE,
  -- second: the password was right, the second factor is awaited. set-up: there is none yet, and it may only be set up.
  ADD COLUMN stage text NOT NULL DEFAULT 'full' CHECK (stage IN ('second', 'set-up', 'full')),
  ADD COLUMN seen_at bigint NOT NULL DEFAULT 0;
CREATE INDEX sessions_of_user ON sessions (name);

-- What staff looked at in an office. Only ever added to.
CREATE TABLE looks (
  office int NOT NULL REFERENCES books (office),
  look bigint GENERATED ALWAYS AS IDENTITY,
  at bigint NOT NULL,
  -- The day in Sindh.
  day text NOT NULL,
  reader text NOT NULL,
  reader_shown text NOT NULL,
  role text NOT NULL,
  what text NOT NULL CHECK (what IN ('figure', 'profile', 'list', 'export', 'print', 'card-number', 'copy')),
  detail text NOT NULL DEFAULT '',
  PRIMARY KEY (office, look)
);
CREATE INDEX looks_by_day ON looks (day, office, reader, what);

-- How many looks of a day the office's own book already tells of.
CREATE TABLE looks_told (
  office int NOT NULL REFERENCES books (office),
  day text NOT NULL,
  reader text NOT NULL,
  what text NOT NULL,
  count int NOT NULL,
  PRIMARY KEY (office, day, reader, what)
);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['user_offices', 'passkeys', 'recovery_codes', 'ceremonies', 'looks', 'looks_told'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner_all ON %I TO %I USING (true) WITH CHECK (true)', guarded, current_user);
  END LOOP;
END $$;

GRANT SELECT ON user_offices TO otaq_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys TO otaq_app;
GRANT SELECT, INSERT, DELETE ON recovery_codes, ceremonies TO otaq_app;
GRANT UPDATE ON sessions TO otaq_app;
-- Nobody who speaks as Otaq changes or takes away a look.
GRANT SELECT, INSERT ON looks TO otaq_app;
GRANT SELECT, INSERT, UPDATE ON looks_told TO otaq_app;

CREATE POLICY app ON user_offices TO otaq_app USING (otaq_duty() IN ('gate', 'figures')) WITH CHECK (false);
CREATE POLICY app ON passkeys TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
CREATE POLICY app ON recovery_codes TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
CREATE POLICY app ON ceremonies TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
-- Whoever reads sums of offices writes down that they did, in the same transaction.
CREATE POLICY app ON looks TO otaq_app USING (otaq_duty() = 'figures') WITH CHECK (otaq_duty() = 'figures');
CREATE POLICY app ON looks_told TO otaq_app USING (otaq_duty() = 'figures') WITH CHECK (otaq_duty() = 'figures');
