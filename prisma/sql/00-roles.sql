-- These roles own nothing and cannot bypass row-level security. Roles belong to the whole server, so another
-- database of it may have made them already.
--   nuanzhang_app       what every request acts as; cannot read a password's hash nor open a session
--   nuanzhang_sign_in   reads hashes and opens sessions, and can do nothing else
--   nuanzhang_worker    begins and ends jobs, and does their work as nuanzhang_app for whoever asked
--   nuanzhang_public    reads what the province published, and can do nothing else
-- Each is reached by a login of its own (docs/deploy.md): with one login for both, a statement smuggled into
-- the application could become the other by set_config('role', …).
DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['nuanzhang_app', 'nuanzhang_sign_in', 'nuanzhang_worker', 'nuanzhang_public'] LOOP
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
GRANT USAGE ON SCHEMA guard TO nuanzhang_sign_in, nuanzhang_public;

/* What of this folder the database has: scripts/lib/sql.mjs compares it at every start. */
CREATE TABLE IF NOT EXISTS guard.sql_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());
