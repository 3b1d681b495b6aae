-- A page that goes to another office takes along what is kept apart of it. The application asks for it by the page's id and never
-- reads what is sealed; it may do so only while it writes the book that the page leaves.
CREATE FUNCTION carry_kept_apart(goes_from int, goes_to int, pages text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF otaq_duty() <> 'writer' OR otaq_office() IS DISTINCT FROM goes_from THEN
    RAISE EXCEPTION 'only the writer of a book sends its pages away';
  END IF;
  UPDATE kept_apart SET office = goes_to WHERE office = goes_from AND record = ANY(pages);
END $$;
REVOKE ALL ON FUNCTION carry_kept_apart(int, int, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION carry_kept_apart(int, int, text[]) TO otaq_app;
