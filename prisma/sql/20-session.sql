-- Who is asking. Every transaction names its session by the SHA-256 of the opaque session token
-- (set_config('app.session', …, true)); user, roles and organisations are derived from it here and
-- nowhere else. A forged, revoked, idle or expired session derives nothing. The second door, for who asked for
-- a job, is in 21-job-door.sql.
-- PL/pgSQL, though one statement would do: every policy asks these in every statement, and a function in
-- plain SQL is planned anew each time (half a millisecond), one in PL/pgSQL once a connection.

/* What makes a session count: 'live', or the reason why not. Asked by everything below and by the door. */
CREATE VIEW guard.session_states AS
  SELECT s.id, s.token_hash, s.user_id, s.last_seen_at, s.end_reason,
    CASE
      WHEN s.revoked_at IS NOT NULL THEN 'revoked'
      WHEN s.expires_at <= now() THEN 'expired'
      WHEN s.last_seen_at <= now() - guard.idle_time() THEN 'expired'
      WHEN NOT u.active THEN 'disabled'
      ELSE 'live'
    END AS state
  FROM public.sessions s JOIN public.users u ON u.id = s.user_id;

/* Asked some twenty times a request: in the condition itself the setting would be read for every row looked at, and
   RETURN (SELECT …) takes a third longer than INTO a variable. The same holds for what is built on it below. */
CREATE FUNCTION guard.session_user_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_hash char(64) := NULLIF(current_setting('app.session', true), '');
  v_user uuid;
BEGIN
  IF current_setting('app.job', true) <> '' THEN
    RETURN guard.job_user_id();
  END IF;
  SELECT s.user_id INTO v_user FROM guard.session_states s WHERE s.token_hash = v_hash AND s.state = 'live';
  RETURN v_user;
END $$;

/* The organisations where the session's user holds one of the roles: two or three numbers, however large the
   province is. What lies below them is looked up in organisation_closure. */
CREATE FUNCTION guard.homes(p_roles text[]) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.session_user_id();
  v_homes int[];
BEGIN
  SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}'::int[]) INTO v_homes FROM memberships m
  WHERE m.user_id = v_user AND m.revoked_at IS NULL AND m.role = ANY (p_roles);
  RETURN v_homes;
END $$;

/* From where the session may read records. Administrators read none. */
CREATE FUNCTION guard.reading_homes() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.homes('{CLERK,REVIEWER,PROVINCE,AUDITOR}');
END $$;

/* Is the one organisation above all others among them? */
CREATE FUNCTION guard.are_above_all(p_homes int[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_everything boolean;
BEGIN
  SELECT count(*) = 1 AND bool_and(o.id = ANY (p_homes)) INTO v_everything
  FROM organisations o WHERE o.parent_id IS NULL;
  RETURN v_everything;
END $$;

/* Nothing to look up: a reading role is held at the one organisation above all others. */
CREATE FUNCTION guard.reads_everything() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.are_above_all(guard.reading_homes());
END $$;

/* May the session read what is this organisation's? Of one alone; a policy asks the closure itself. */
CREATE FUNCTION guard.reads(p_organisation_id int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM organisation_closure c
    WHERE c.descendant_id = p_organisation_id AND c.ancestor_id = ANY (guard.reading_homes()));
END $$;

CREATE FUNCTION guard.is_admin() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM memberships m
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL AND m.role = 'ADMIN');
END $$;

/* Does the session's user hold one of the roles at the province itself? */
CREATE FUNCTION guard.at_province(p_roles text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL
      AND m.role = ANY (p_roles) AND o.kind = 'PROVINCE');
END $$;

/* May the session's user give an approval of this level for a record of this organisation? */
CREATE FUNCTION guard.may_approve(p_organisation_id int, p_level text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM memberships m
    JOIN organisations home ON home.id = m.organisation_id
    JOIN organisations o ON o.id = p_organisation_id AND starts_with(o.path, home.path)
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL
      AND m.role IN ('REVIEWER', 'PROVINCE')
      AND CASE p_level
            WHEN 'COUNTY' THEN true
            WHEN 'PREFECTURE' THEN home.kind IN ('PREFECTURE', 'PROVINCE')
            ELSE home.kind = 'PROVINCE'
          END);
END $$;

/* The order in which a person's roles are named. */
CREATE FUNCTION guard.role_rank(p_role text) RETURNS int
LANGUAGE sql IMMUTABLE
RETURN array_position('{CLERK,REVIEWER,PROVINCE,AUDITOR,ADMIN}'::text[], p_role);

/* Everything the application needs to know about who is asking; no row when the session is void. `homes` are the
   outermost organisations from where records are read: by their paths, not by the closure, which the policies
   look in (docs/decisions/0011). */
CREATE FUNCTION guard.current_actor() RETURNS TABLE (
  user_id uuid, username text, name_zh text, name_en text, is_demo boolean,
  memberships jsonb, homes jsonb, everything boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.session_user_id();
  v_homes int[] := guard.reading_homes();
BEGIN
  RETURN QUERY
  SELECT u.id, u.username, u.name_zh, u.name_en, u.is_demo,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'role', m.role, 'organisationId', o.id, 'path', o.path, 'code', o.code, 'kind', o.kind,
        'nameZh', o.name_zh, 'nameEn', o.name_en) ORDER BY o.path, guard.role_rank(m.role))
      FROM memberships m JOIN organisations o ON o.id = m.organisation_id
      WHERE m.user_id = u.id AND m.revoked_at IS NULL), '[]'),
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'path', o.path,
        'leaf', NOT EXISTS (SELECT FROM organisations below WHERE below.parent_id = o.id)) ORDER BY o.path)
      FROM organisations o WHERE o.id = ANY (v_homes) AND NOT EXISTS (
        SELECT FROM organisations above
        WHERE above.id = ANY (v_homes) AND above.id <> o.id AND starts_with(o.path, above.path))), '[]'),
    guard.are_above_all(v_homes)
  FROM users u WHERE u.id = v_user;
END $$;

/* Names the session of this transaction and answers whose it is. */
CREATE FUNCTION guard.begin_as(p_token_hash text) RETURNS TABLE (
  user_id uuid, username text, name_zh text, name_en text, is_demo boolean,
  memberships jsonb, homes jsonb, everything boolean)
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.session', p_token_hash, true);
  RETURN QUERY SELECT * FROM guard.current_actor();
END $$;

CREATE FUNCTION guard.require_session() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.session_user_id();
BEGIN
  IF v_user IS NULL THEN
    RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'NZ009';
  END IF;
  RETURN v_user;
END $$;

GRANT EXECUTE ON FUNCTION guard.session_user_id(), guard.homes(text[]), guard.reading_homes(),
  guard.reads_everything(), guard.reads(int),
  guard.is_admin(), guard.at_province(text[]), guard.may_approve(int, text), guard.role_rank(text),
  guard.current_actor(), guard.begin_as(text)
  TO nuanzhang_app;
