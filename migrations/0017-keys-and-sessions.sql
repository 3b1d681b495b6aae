-- A stolen database opens less, and each session at a desk can be seen and ended by whose it is.

-- The sealing key stands here closed, with a key that lies outside the database (the server closes it at its next start); besides, who
-- speaks as Otaq does not read it any more.
REVOKE SELECT ON installation FROM otaq_app;
GRANT SELECT (epoch_number, epoch_name, sample) ON installation TO otaq_app;

-- Whoever sits at a desk signs in again, once.
DELETE FROM sessions;
ALTER TABLE sessions
  -- What a session is called on the page: no hash, nothing that opens it.
  ADD COLUMN session bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN began_at bigint NOT NULL DEFAULT 0,
  -- The family of browser and system, "Firefox, Windows"; no address and no version.
  ADD COLUMN machine text NOT NULL DEFAULT '';
