-- Row-level security that is asked once for a statement, and not once for every row. The rules are what they were.
--
-- Who asks is one answer for a whole statement: (SELECT otaq_duty()) is worked out once, otaq_duty() alone for every row that is looked
-- at. And what a person reaches was read out of what all persons of her office reach, since a condition that comes out of a setting
-- is no condition for an index behind row-level security.

-- The reader's own reach and nobody else's. As the tables' owner, so that the index over office and person is used.
CREATE FUNCTION otaq_reach() RETURNS TABLE (purpose text, scope text, until int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT r.purpose, r.scope, r.until FROM reaches r
  WHERE r.office = otaq_office() AND r.person = otaq_person() AND otaq_duty() IN ('reader', 'leaver')
$$;
REVOKE ALL ON FUNCTION otaq_reach() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION otaq_reach() TO otaq_app;

ALTER POLICY app ON records
  USING (
    office = (SELECT otaq_office())
    AND (
      (SELECT otaq_duty()) = 'writer'
      OR ((SELECT otaq_duty()) = 'reader' AND (
        purpose = 'reference'
        OR (purpose, scope) IN (SELECT r.purpose, r.scope FROM otaq_reach() r WHERE r.until IS NULL)
        OR ((SELECT otaq_person()) <> '' AND circle @> ARRAY[(SELECT otaq_person())])))
      OR ((SELECT otaq_duty()) = 'leaver' AND (purpose, scope) IN (
        SELECT r.purpose, r.scope FROM otaq_reach() r WHERE r.until IS NOT NULL))))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));
ALTER POLICY eraser ON records USING ((SELECT otaq_duty()) = 'eraser' AND office = (SELECT otaq_office()));

ALTER POLICY app ON departures
  USING (
    office = (SELECT otaq_office())
    AND (
      (SELECT otaq_duty()) = 'writer'
      OR ((SELECT otaq_duty()) IN ('reader', 'leaver') AND (
        purpose = 'reference'
        OR (purpose, scope) IN (SELECT r.purpose, r.scope FROM otaq_reach() r)
        OR ((SELECT otaq_person()) <> '' AND circle @> ARRAY[(SELECT otaq_person())])))))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));

ALTER POLICY app ON figures
  USING (
    (SELECT otaq_duty()) = 'figures'
    OR (office = (SELECT otaq_office()) AND (
      (SELECT otaq_duty()) = 'writer'
      OR ((SELECT otaq_duty()) = 'reader' AND purpose IN (
        SELECT r.purpose FROM otaq_reach() r WHERE r.until IS NULL)))))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));

ALTER POLICY app ON entries
  USING ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));
ALTER POLICY eraser ON entries
  USING ((SELECT otaq_duty()) = 'eraser' AND office = (SELECT otaq_office()))
  WITH CHECK (
    (SELECT otaq_duty()) = 'eraser' AND office = (SELECT otaq_office())
    AND body IS NULL AND salt = '' AND touched IS NOT NULL);
ALTER POLICY only_erasers ON entries USING ((SELECT otaq_duty()) = 'eraser');
ALTER POLICY app ON record_keys
  USING ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));
ALTER POLICY app ON reaches
  USING (office = (SELECT otaq_office()) AND (
    (SELECT otaq_duty()) = 'writer'
    OR ((SELECT otaq_duty()) IN ('reader', 'leaver') AND person = (SELECT otaq_person()))))
  WITH CHECK ((SELECT otaq_duty()) = 'writer' AND office = (SELECT otaq_office()));
