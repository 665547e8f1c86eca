-- The audit chains, one for each root organisation: the hash of an entry covers the entry before it, and one
-- lock a root, held to the commit, serialises its head. So positions have no gaps, lie in the order of commits,
-- and any snapshot sees a beginning of the chain: a position can serve as the stamp of a figure.
-- A custom plan for each set of entries would cost more than the entries: hence force_generic_plan.

/* Every action there is, and where its subject stands after it ({}: anywhere; null: the entry is written by the
   guard that does the deed, and by nobody else). AUDIT_ACTIONS in lib/kernel/audit-actions.ts is the same list. */
CREATE VIEW guard.audit_actions AS
  SELECT action, statuses::text[] FROM (VALUES
    ('disbursement.create', '{DRAFT}'),
    ('disbursement.update', '{DRAFT,RETURNED}'),
    ('disbursement.roster', '{DRAFT,RETURNED}'),
    ('disbursement.payments', '{APPROVED}'),
    ('disbursement.sheet', '{}'),
    ('disbursement.notice', '{}'),
    ('disbursement.batch', '{APPROVED}'),
    ('disbursement.cancel-batch', '{APPROVED}'),
    ('disbursement.adjust', '{APPROVED}'),
    ('disbursement.forget', NULL),
    ('disbursement.submit', '{SUBMITTED}'),
    ('disbursement.withdraw', '{DRAFT}'),
    ('disbursement.open', '{SUBMITTED}'),
    ('disbursement.approve', '{SUBMITTED,APPROVED}'),
    ('disbursement.return', '{RETURNED}'),
    ('disbursement.void', '{VOIDED}'),
    ('claim.refuse', NULL),
    ('roster.reveal', NULL),
    ('reveal-request.create', '{PENDING}'),
    ('reveal-request.grant', '{GRANTED}'),
    ('reveal-request.decline', '{DECLINED}'),
    ('reveal-request.withdraw', '{WITHDRAWN}'),
    ('household.create', '{OPEN}'),
    ('household.update', '{OPEN,LIFTED,RETURNED}'),
    ('household.event', '{}'),
    ('household.refuse', NULL),
    ('household.reveal', NULL),
    ('household.forget', NULL),
    ('household.limit', NULL),
    ('household.lift', NULL),
    ('rights-request.create', '{PENDING}'),
    ('rights-request.confirm', '{CONFIRMED}'),
    ('rights-request.decline', '{DECLINED}'),
    ('rights-request.withdraw', '{WITHDRAWN}'),
    ('retention-rule.update', '{}'),
    ('allotment.create', '{RECEIVED}'),
    ('allotment.pass-down', '{RECEIVED}'),
    ('allotment.carry-over', '{RECEIVED}'),
    ('allotment.void', '{VOIDED}'),
    ('project.create', '{DECLARED}'),
    ('project.approve', '{APPROVED}'),
    ('project.close', '{CLOSED}'),
    ('project.void', '{VOIDED}'),
    ('year.open', '{OPEN}'),
    ('year.close', '{CLOSED}'),
    ('year.reopen', '{OPEN}'),
    ('year-reopening.create', '{PENDING}'),
    ('year-reopening.confirm', '{CONFIRMED}'),
    ('year-reopening.decline', '{DECLINED}'),
    ('year-reopening.withdraw', '{WITHDRAWN}'),
    ('publication.create', '{PUBLISHED}'),
    ('publication.withdraw', '{WITHDRAWN}'),
    ('user.create', '{}'),
    ('user.update', '{}'),
    ('user.enable', '{}'),
    ('user.disable', '{}'),
    ('user.grant-role', '{}'),
    ('user.revoke-role', '{}'),
    ('user.link-identity', '{}'),
    ('user.unlink-identity', '{}'),
    ('user.change-password', NULL),
    ('user.reset-password', NULL),
    ('user.enrol-factor', NULL),
    ('user.make-recovery-codes', NULL),
    ('user.use-recovery-code', NULL),
    ('user.remove-factor', NULL),
    ('user.lift-factor', NULL),
    ('factor-rule.update', '{}'),
    ('admin-request.create', '{PENDING}'),
    ('admin-request.confirm', '{CONFIRMED}'),
    ('admin-request.decline', '{DECLINED}'),
    ('admin-request.withdraw', '{WITHDRAWN}'),
    ('organisation.create', '{}'),
    ('organisation.update', '{}'),
    ('programme.create', '{}'),
    ('programme.update', '{}'),
    ('aid-category.create', '{}'),
    ('aid-category.update', '{}'),
    ('fund-source.create', '{}'),
    ('fund-source.update', '{}'),
    ('recipient-kind.create', '{}'),
    ('recipient-kind.update', '{}'),
    ('campaign.create', '{}'),
    ('campaign.update', '{}'),
    ('approval-rule.create', '{}'),
    ('approval-rule.update', '{}'),
    ('workdays.create', '{}'),
    ('workdays.update', '{}'),
    ('export-map.create', '{}'),
    ('export-map.update', '{}'),
    ('finding-threshold.create', '{}'),
    ('finding-threshold.update', '{}'),
    ('expectation.create', '{}'),
    ('expectation.update', '{}'),
    ('nil-declaration.create', '{STANDING}'),
    ('nil-declaration.withdraw', '{WITHDRAWN}'),
    ('nil-declaration.supersede', NULL),
    ('view.create', '{KEPT}'),
    ('view.update', '{KEPT}'),
    ('view.remove', '{REMOVED}'),
    ('layout.create', '{KEPT}'),
    ('layout.update', '{KEPT}'),
    ('layout.remove', '{REMOVED}'),
    ('narrative.save', '{}'),
    ('frozen-view.create', '{KEPT}'),
    ('import.create', '{READING}'),
    ('import.map', '{READING}'),
    ('import.overrule', '{PREVIEW}'),
    ('import.commit', '{COMMITTING}'),
    ('import.finish', '{COMMITTED}'),
    ('import.undo', '{UNDONE}'),
    ('attachment.add', '{KEPT}'),
    ('attachment.remove', '{REMOVED}'),
    ('attachment.forget', '{FORGOTTEN}'),
    ('evidence-pack.ask', '{ASKED}'),
    ('evidence-pack.finish', '{SEALED}'),
    ('pack.ask', '{ASKED}'),
    ('pack.finish', '{SEALED}'),
    ('job.ask', '{WAITING}'),
    ('job.cancel', '{CANCELLED}'),
    ('job.finish', '{RUNNING}'),
    ('session.start', NULL),
    ('session.end', NULL),
    ('export.create', NULL)) AS known (action, statuses);

/* What an action is about: what stands before the dot, and a session is about its user. */
CREATE FUNCTION guard.subject_type_of(p_action text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN starts_with(p_action, 'session.') THEN 'user' ELSE split_part(p_action, '.', 1) END;

/* Length-framed text, so that no two lists of fields give the same bytes. Null is "-". */
CREATE FUNCTION guard.frame(VARIADIC p_fields text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text := '';
  v_field text;
BEGIN
  FOREACH v_field IN ARRAY p_fields LOOP
    v_text := v_text || CASE WHEN v_field IS NULL THEN '-'
      ELSE octet_length(convert_to(v_field, 'UTF8')) || ':' || v_field END;
  END LOOP;
  RETURN v_text;
END $$;

CREATE FUNCTION guard.hash_of(p_text text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(sha256(convert_to(p_text, 'UTF8')), 'hex');

/* The root of a path: '/1/5/23/' → 1. */
CREATE FUNCTION guard.root_of(p_path text) RETURNS int LANGUAGE sql IMMUTABLE
RETURN split_part(p_path, '/', 2)::int;

/* The root a person works under; all memberships of one person lie under one root (41-duties). */
CREATE FUNCTION guard.root_of_user(p_user_id uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT guard.root_of(o.path) FROM memberships m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = p_user_id ORDER BY m.id LIMIT 1);
END $$;

CREATE FUNCTION guard.root_of_session() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.root_of_user(guard.session_user_id());
END $$;

/* Writes entries that somebody has judged already; answers the position of the last. All of them have one root.
   What can be worked out before the lock is: under it each entry costs one hash over a short line. The lock is the last
   that a transaction takes: whoever holds it and waits for another is waited for by whoever has that one. So commands
   append in the round trip of their COMMIT, and what a trigger tells waits for it (DEFERRED). */
CREATE FUNCTION guard.write_entries(p_root_id int, p_actions text[], p_subject_ids text[], p_organisation_ids int[],
  p_bodies text[], p_state_digests text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan
  -- a connection keeps the plan it made first: of a chain of one entry it would read all of a million later
  SET enable_seqscan = off AS $$
DECLARE
  v_actor uuid := guard.session_user_id();
  v_tx bigint := pg_current_xact_id()::text::bigint;
  v_contents text[];
  v_hashes text[] := '{}';
  v_hash text;
  v_time text;
  v_before bigint;
  last audit_entries;
BEGIN
  PERFORM guard.require_job_named(p_bodies);
  SELECT array_agg(guard.hash_of(guard.frame(v_tx::text, v_actor::text, e.action, guard.subject_type_of(e.action),
      e.subject_id, e.organisation_id::text, e.body, e.state_digest)) ORDER BY e.n)
  INTO v_contents
  FROM unnest(p_actions, p_subject_ids, p_organisation_ids, p_bodies, p_state_digests)
    WITH ORDINALITY AS e (action, subject_id, organisation_id, body, state_digest, n);

  PERFORM pg_advisory_xact_lock(guard.lock_of_audit(p_root_id));
  SELECT * INTO last FROM audit_entries WHERE root_id = p_root_id ORDER BY position DESC LIMIT 1;
  v_before := coalesce(last.position, 0);
  v_hash := coalesce(last.hash, repeat('0', 64));
  -- the server's clock may step back or stand, the chain's does not: a time names one position
  last.at := greatest(date_trunc('milliseconds', clock_timestamp()), last.at + interval '1 millisecond');
  v_time := to_char(last.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  FOR i IN 1 .. cardinality(v_contents) LOOP
    v_hash := guard.hash_of(concat_ws(' ', v_hash, p_root_id, v_before + i, v_time, v_contents[i]));
    v_hashes[i] := v_hash;
  END LOOP;
  INSERT INTO audit_entries (root_id, position, at, transaction_id, actor_id, action, subject_type, subject_id,
    organisation_id, body, state_digest, prev_hash, hash)
  SELECT p_root_id, v_before + e.n, last.at, v_tx, v_actor, e.action, guard.subject_type_of(e.action), e.subject_id,
    e.organisation_id, e.body, e.state_digest, coalesce(lag(e.hash) OVER (ORDER BY e.n), last.hash, repeat('0', 64)), e.hash
  FROM unnest(p_actions, p_subject_ids, p_organisation_ids, p_bodies, p_state_digests, v_hashes)
    WITH ORDINALITY AS e (action, subject_id, organisation_id, body, state_digest, hash, n);
  PERFORM guard.enter(p_root_id, v_before, p_actions, p_subject_ids);
  RETURN v_before + cardinality(p_actions);
END $$;

/* The one way in for the application: an entry tells of something that this transaction changed, and tells it as
   it stands now, so it comes after the change. Whose history it belongs to is the subject's own affair; what
   belongs to no organisation (accounts, years, programmes) goes to the chain of whoever did it, and what the
   system did before there was anybody, to the first root. Bodies are canonical JSON (RFC 8785). */
CREATE FUNCTION guard.append_audits(p_actions text[], p_subject_ids text[], p_bodies text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v record;
BEGIN
  SELECT array_agg(s.organisation_id ORDER BY e.n) AS organisation_ids, array_agg(s.digest ORDER BY e.n) AS digests,
    min(s.root_id) AS root_id, max(s.root_id) AS other_root_id,
    -- the cast refuses what is not JSON: one such body would break the page that lists it
    count(e.body::json) AS bodies,
    (array_agg(e.action || ' ' || e.subject_id ORDER BY e.n) FILTER (WHERE NOT coalesce(
      (known.statuses = '{}' OR s.status = ANY (known.statuses))
      AND CASE known.action WHEN 'disbursement.adjust' THEN s.corrected ELSE s.changed END, false)))[1] AS untrue
  INTO v
  FROM unnest(p_actions, p_subject_ids, p_bodies) WITH ORDINALITY AS e (action, subject_id, body, n)
  LEFT JOIN guard.audit_actions known ON known.action = e.action
  LEFT JOIN (
    SELECT t.subject_type, x.* FROM (
      SELECT guard.subject_type_of(a.action) AS subject_type, array_agg(DISTINCT a.subject_id) AS ids
      FROM unnest(p_actions, p_subject_ids) AS a (action, subject_id) GROUP BY 1) AS t
    CROSS JOIN LATERAL guard.audit_states(t.subject_type, t.ids) AS x
  ) AS s ON s.subject_type = guard.subject_type_of(e.action) AND s.subject_id = e.subject_id;
  IF v.untrue IS NOT NULL OR v.bodies < cardinality(p_actions) THEN
    RAISE EXCEPTION 'no audit entry without its change: %', v.untrue USING ERRCODE = 'NZ012';
  ELSIF v.root_id <> v.other_root_id THEN
    RAISE EXCEPTION 'entries of two roots in one set' USING ERRCODE = 'NZ012';
  END IF;
  RETURN guard.write_entries(
    coalesce(v.root_id, guard.root_of_session(), guard.first_root()),
    p_actions, p_subject_ids, v.organisation_ids, p_bodies, v.digests);
END $$;

CREATE FUNCTION guard.first_root() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT min(id) FROM organisations WHERE parent_id IS NULL);
END $$;

-- A session or an export changes no row, so each has a narrow way in of its own.

/* Called where a session is opened or ended (40-sign-in); not by the application. */
CREATE FUNCTION guard.append_session(p_action text, p_user_id uuid, p_body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.write_entries(coalesce(guard.root_of_user(p_user_id), guard.first_root()),
    ARRAY['session.' || p_action], ARRAY[p_user_id::text], ARRAY[NULL::int], ARRAY[p_body], ARRAY[NULL::text]);
END $$;

/* The session's user takes a file away: only ever in the person's own name, of what the person may read. */
CREATE FUNCTION guard.append_export(p_name text, p_organisation_id int, p_body text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  IF NOT guard.reads(p_organisation_id) OR p_body::json IS NULL THEN
    RAISE EXCEPTION 'nothing to export there' USING ERRCODE = '42501';
  END IF;
  RETURN guard.write_entries(guard.root_of_user(v_user),
    ARRAY['export.create'], ARRAY[p_name], ARRAY[p_organisation_id], ARRAY[p_body], ARRAY[NULL::text]);
END $$;

GRANT EXECUTE ON FUNCTION guard.append_audits(text[], text[], text[]), guard.append_export(text, int, text),
  guard.root_of_session() TO nuanzhang_app;
