-- A code for a woman who has a phone already opens her pages to whoever holds it (she forgot her PIN, or her phone is lost). It opens
-- nothing until another bearer has confirmed it: neither she who made it, nor she whom it is for.
ALTER TABLE enrolments ADD COLUMN recovers boolean NOT NULL DEFAULT false;
ALTER TABLE enrolments ADD COLUMN confirmed_by text;
ALTER TABLE enrolments ADD CONSTRAINT enrolments_confirmed_by_another
  CHECK (confirmed_by IS NULL OR (recovers AND confirmed_by <> person AND confirmed_by IS DISTINCT FROM made_by));
