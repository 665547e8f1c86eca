-- Takes down everything the other files put up, so that what was removed from them is gone from the database
-- too. Pending migrations run after this: they meet tables alone, no trigger, view or policy in their way.
-- No CASCADE: what somebody else hung on one of these stops the start with a sentence that names it.
DO $$
DECLARE
  o record;
  v_list text;
BEGIN
  FOR o IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', o.policyname, o.tablename);
  END LOOP;
  FOR o IN SELECT t.tgname, t.tgrelid::regclass AS tablename FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE p.pronamespace = 'guard'::regnamespace AND NOT t.tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', o.tgname, o.tablename);
  END LOOP;
  SELECT string_agg(oid::regclass::text, ', ') INTO v_list FROM pg_class
  WHERE relnamespace IN ('public'::regnamespace, 'guard'::regnamespace) AND relkind = 'v'
    AND relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user);
  IF v_list IS NOT NULL THEN
    EXECUTE 'DROP VIEW ' || v_list;
  END IF;
  SELECT string_agg(oid::regprocedure::text, ', ') INTO v_list FROM pg_proc WHERE pronamespace = 'guard'::regnamespace;
  IF v_list IS NOT NULL THEN
    EXECUTE 'DROP ROUTINE ' || v_list;
  END IF;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public, guard FROM nuanzhang_app, nuanzhang_sign_in, nuanzhang_worker, nuanzhang_public, PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, guard FROM nuanzhang_app, nuanzhang_sign_in, nuanzhang_worker, nuanzhang_public, PUBLIC;
