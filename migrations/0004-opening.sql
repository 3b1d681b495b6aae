-- The first week: offices are opened without the owner's rights, and lists typed elsewhere come in by an import.

-- opener: sets up books. It sees which there are, and adds one; it reads no record.
CREATE POLICY opener_sees ON books FOR SELECT TO otaq_app USING (otaq_duty() = 'opener');
CREATE POLICY opener_adds ON books FOR INSERT TO otaq_app WITH CHECK (otaq_duty() = 'opener');
GRANT INSERT ON books TO otaq_app;

-- A list on its way into a book. Its lines wait in import_lines until they are written; then they are taken away.
CREATE TABLE imports (
  office int NOT NULL REFERENCES books (office),
  seat int NOT NULL REFERENCES seats (seat),
  what text NOT NULL CHECK (what IN ('places', 'organizations', 'households', 'people', 'donors')),
  mode text NOT NULL CHECK (mode IN ('all', 'right-rows')),
  state text NOT NULL CHECK (state IN ('waiting', 'writing', 'written', 'taking-back', 'taken-back')),
  -- Who brought it: a desk user as shown, or null for the server's operator.
  brought_by text,
  rows int NOT NULL,
  left_out int NOT NULL,
  PRIMARY KEY (office, seat)
);
CREATE INDEX imports_by_seat ON imports (seat);

CREATE TABLE import_lines (
  office int NOT NULL,
  seat int NOT NULL,
  line int NOT NULL,
  -- Where it stood in the file, so that a line that is refused can be named.
  row_in_file int,
  command text NOT NULL,
  shape int NOT NULL,
  input json NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (office, seat, line),
  FOREIGN KEY (office, seat) REFERENCES imports (office, seat)
);

-- The bearers' leave for one import: a code made on a bearer's phone, kept as a hash.
CREATE TABLE import_leaves (
  code_hash text PRIMARY KEY,
  office int NOT NULL REFERENCES books (office),
  made_by text NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX import_leaves_of_office ON import_leaves (office);

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['imports', 'import_lines', 'import_leaves'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owner_all ON %I TO %I USING (true) WITH CHECK (true)', guarded, current_user);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON imports, import_leaves TO otaq_app;
GRANT SELECT, INSERT, DELETE ON import_lines TO otaq_app;
CREATE POLICY app ON imports TO otaq_app
  USING (otaq_duty() = 'writer' AND office = otaq_office()) WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON import_lines TO otaq_app
  USING (otaq_duty() = 'writer' AND office = otaq_office()) WITH CHECK (otaq_duty() = 'writer' AND office = otaq_office());
CREATE POLICY app ON import_leaves TO otaq_app USING (otaq_duty() = 'gate') WITH CHECK (otaq_duty() = 'gate');
