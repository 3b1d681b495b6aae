-- Which backups were read back whole, and what a book that was restored or moved must remember.

CREATE TABLE backups (
  backup int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  made_at bigint NOT NULL,
  verified_at bigint NOT NULL,
  bytes bigint NOT NULL,
  -- How far each book was in it: {"10": 4711}.
  sequences json NOT NULL
);
ALTER TABLE backups ENABLE ROW LEVEL SECURITY;
ALTER TABLE backups FORCE ROW LEVEL SECURITY;
DO $$ BEGIN EXECUTE format('CREATE POLICY owner_all ON backups TO %I USING (true) WITH CHECK (true)', current_user); END $$;
GRANT SELECT ON backups TO otaq_app;
-- Days and sizes, nothing of a person: /health says how old the last one is.
CREATE POLICY app ON backups TO otaq_app USING (otaq_duty() = 'gate');

-- After a restore, until this moment: a line that leans on a line which has not come back waits for it.
ALTER TABLE books ADD COLUMN gathers_until bigint;
-- What the first entry after a restore tells; null once it is told.
ALTER TABLE books ADD COLUMN restored json;
-- This book is written elsewhere: here stand only those of its pages that the offices below read.
ALTER TABLE books ADD COLUMN kept_elsewhere boolean NOT NULL DEFAULT false;
-- This office has gone to another server: where, as the operator wrote it.
ALTER TABLE books ADD COLUMN moved_to text;
