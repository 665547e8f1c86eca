-- Numbers that more than one guard must agree on. Immutable, so a plan holds the number itself.

/* A session nobody used for this long counts no more. That it ends after a working day however busy is said
   where it is opened (SESSION_SECONDS in lib/platform/session-cookie.ts). */
CREATE FUNCTION guard.idle_time() RETURNS interval
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT interval '30 minutes' $$;

-- Advisory locks: one for each thing that only one transaction may do at a time. (Migrating and seeding take
-- session locks of their own: PRISMA_LOCK in scripts/migrate.mjs, SEED_LOCK in prisma/seed/main.ts.)

/* Held from the append to the commit: the audit chain of a root organisation has one head. */
CREATE FUNCTION guard.lock_of_audit(p_root_id int) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (727071::bigint << 32) + p_root_id;
END $$;

/* Held to the commit: what an organisation spends from an earmarked source in a year is judged by one at a time. */
CREATE FUNCTION guard.lock_of_source(p_organisation_id int, p_year int, p_fund_source_id int) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN hashtextextended(concat_ws(' ', 'received', p_organisation_id, p_year, p_fund_source_id), 727072);
END $$;

/* Only tried, never waited for: whoever folds the figures folds them for everybody. */
CREATE FUNCTION guard.lock_of_folding() RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT (727070::bigint << 32) + 2 $$;

/* Held by a worker for as long as it lives: (this, its own number). Whoever's lock is free is dead. */
CREATE FUNCTION guard.lock_of_workers() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 727071 $$;

/* A job that failed, or whose worker died, is tried this often in all. */
CREATE FUNCTION guard.job_attempts() RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 3 $$;
