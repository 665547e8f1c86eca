-- The application's role owns nothing and cannot bypass row-level security. Roles belong to the whole server,
-- so another database of it may have made this one already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nuanzhang_app') THEN
    CREATE ROLE nuanzhang_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'nuanzhang_app', 'MEMBER') THEN
    EXECUTE format('GRANT nuanzhang_app TO %I', current_user);
  END IF;
  -- Nothing here needs temporary tables. The grant is the database's own, so a copy made from a template
  -- does not carry it; the search path of every guard does.
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

CREATE SCHEMA IF NOT EXISTS guard;
GRANT USAGE ON SCHEMA public, guard TO nuanzhang_app;

/* What of this folder the database has: scripts/lib/sql.mjs compares it at every start. */
CREATE TABLE IF NOT EXISTS guard.sql_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now());
