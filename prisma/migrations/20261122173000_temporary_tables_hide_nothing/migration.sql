-- A search path that does not name pg_temp searches it first. Whoever could run a statement as the
-- application's role could thus lay a temporary table "sessions" over the real one, and the guards would
-- read that: any session, anybody's rights. Named last, it hides nothing. The same holds for every guard
-- added later (prisma/walls.db.test.ts looks).
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'guard'::regnamespace AND p.prokind = 'f' LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
  END LOOP;
  -- Nothing here needs temporary tables. The grant is the database's own, so a copy made from a template
  -- does not carry it; the search path does.
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
