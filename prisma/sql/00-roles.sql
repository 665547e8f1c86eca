-- The application's roles own nothing and cannot bypass row-level security. nuanzhang_app is the web server's;
-- nuanzhang_worker begins and ends jobs, and does their work as nuanzhang_app. Whoever may become the worker may
-- act for whoever asked for a job, so the web server's login must not be able to. Roles belong to the whole
-- server, so another database of it may have made these already.
DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['nuanzhang_app', 'nuanzhang_worker'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', r);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT pg_has_role(current_user, r, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', r, current_user);
    END IF;
  END LOOP;
  -- Nothing here needs temporary tables. The grant is the database's own, so a copy made from a template
  -- does not carry it; the search path of every guard does.
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

CREATE SCHEMA IF NOT EXISTS guard;
GRANT USAGE ON SCHEMA public, guard TO nuanzhang_app, nuanzhang_worker;

/* What of this folder the database has: scripts/lib/sql.mjs compares it at every start. */
CREATE TABLE IF NOT EXISTS guard.sql_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());
