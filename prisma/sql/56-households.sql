-- Household files 困难职工档案: a file is written by the clerks of its organisation; what happened to it is a series of
-- events that only grows, and what the file says of itself is what they come to (docs/decisions/0041).

CREATE FUNCTION guard.is_limited(p_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM households h WHERE h.id = p_id AND h.limited_at IS NOT NULL);
END $$;
GRANT EXECUTE ON FUNCTION guard.is_limited(uuid) TO nuanzhang_app;

CREATE FUNCTION guard.china_today() RETURNS date LANGUAGE sql STABLE
RETURN (now() AT TIME ZONE 'Asia/Shanghai')::date;

CREATE FUNCTION guard.before_household_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.created_by := guard.require_session();
  NEW.version := 1;
  NEW.limited_at := NULL;
  IF NEW.status <> 'OPEN' OR NEW.filed_on > guard.china_today() THEN
    RAISE EXCEPTION 'a file begins as filed, today or before' USING ERRCODE = 'NZ007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON households FOR EACH ROW EXECUTE FUNCTION guard.before_household_insert();

/* An edit makes a version; a closed file is read alone. Only the rotation seals anew without one. */
CREATE FUNCTION guard.before_household_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_version text[] := '{version,updated_at}';
  v_edited text[] := '{code,kind,level,cause,other_causes,status,tier,tier_year,follow_up_on,nonce,address,details,commitment,key_id,version,updated_at}';
BEGIN
  IF OLD.forgotten_at IS NOT NULL THEN
    RAISE EXCEPTION 'what was forgotten does not change' USING ERRCODE = 'NZ007';
  ELSIF NEW.version = OLD.version + 1 AND (guard.is_emptied('households', to_jsonb(OLD) - v_version, to_jsonb(NEW) - v_version)
      OR NEW.limited_at IS DISTINCT FROM OLD.limited_at
        AND to_jsonb(NEW) - v_version - 'limited_at'::text = to_jsonb(OLD) - v_version - 'limited_at'::text) THEN
    -- by 59-forgetting alone: the application has no right to these columns
    RETURN NEW;
  ELSIF to_jsonb(NEW) - guard.seals_of('households') - 'key_id'::text = to_jsonb(OLD) - guard.seals_of('households') - 'key_id'::text
     AND NEW.key_id <> OLD.key_id THEN
    RETURN NEW;
  ELSIF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  ELSIF OLD.status = 'CLOSED' THEN
    RAISE EXCEPTION 'a closed file does not change' USING ERRCODE = 'NZ007';
  ELSIF to_jsonb(NEW) - v_edited <> to_jsonb(OLD) - v_edited THEN
    RAISE EXCEPTION 'whose file it is, and since when, stays' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON households FOR EACH ROW EXECUTE FUNCTION guard.before_household_update();
CREATE TRIGGER never_deleted BEFORE DELETE ON households FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited_insert AFTER INSERT ON households DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('household', 'id');
-- the rotation seals anew what was audited, and makes no version of it
CREATE CONSTRAINT TRIGGER audited AFTER UPDATE ON households DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION guard.require_audit('household', 'id');

/* Members and events change with their file, and so with its version and its audit entry. */
CREATE FUNCTION guard.after_household_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM households h
  WHERE h.id IN (SELECT r.household_id FROM changed_rows r) AND h.xmin <> pg_current_xact_id()::xid;
  IF FOUND THEN
    RAISE EXCEPTION 'a part of a file changes with its file' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER with_file_insert AFTER INSERT ON household_members REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_household_part();
CREATE TRIGGER with_file_delete AFTER DELETE ON household_members REFERENCING OLD TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_household_part();
CREATE TRIGGER with_file_insert AFTER INSERT ON household_events REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_household_part();
CREATE TRIGGER only_resealed BEFORE UPDATE ON household_members
  FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();
CREATE TRIGGER only_resealed BEFORE UPDATE ON household_events
  FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();
CREATE TRIGGER never_deleted BEFORE DELETE ON household_events FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Where a file may go from where it stands; visits and consents leave it there. */
CREATE FUNCTION guard.takes_household_event(p_status text, p_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE p_kind
  WHEN 'FILED' THEN p_status IS NULL
  WHEN 'TIER' THEN p_status IN ('OPEN', 'RETURNED')
  WHEN 'LIFTED' THEN p_status IN ('OPEN', 'RETURNED')
  WHEN 'RETURNED' THEN p_status = 'LIFTED'
  ELSE p_status IN ('OPEN', 'RETURNED', 'LIFTED') END;

/* What the events up to one come to; null before the first. */
CREATE FUNCTION guard.household_status(p_id uuid, p_before int) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT CASE e.kind WHEN 'FILED' THEN 'OPEN' ELSE e.kind END FROM household_events e
    WHERE e.household_id = p_id AND e.no < p_before AND e.kind IN ('FILED', 'LIFTED', 'RETURNED', 'CLOSED')
    ORDER BY e.no DESC LIMIT 1);
END $$;

/* Events come one after another, none in the future, none that turns the file before the last that did; the tier is
   stated of this year or an earlier one. */
CREATE FUNCTION guard.before_household_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_turns text[] := '{FILED,LIFTED,RETURNED,CLOSED}';
BEGIN
  NEW.created_by := guard.require_session();
  IF NEW.no <> 1 + (SELECT count(*) FROM household_events e WHERE e.household_id = NEW.household_id)
     OR NOT guard.takes_household_event(guard.household_status(NEW.household_id, NEW.no), NEW.kind) THEN
    RAISE EXCEPTION 'the file does not take % where it stands', NEW.kind USING ERRCODE = 'NZ007';
  ELSIF NEW.happened_on > guard.china_today() OR NEW.year > extract(year FROM guard.china_today()) THEN
    RAISE EXCEPTION 'nothing of a file lies in the future' USING ERRCODE = '23514';
  ELSIF NEW.kind = ANY (v_turns) AND NEW.happened_on < (SELECT max(e.happened_on) FROM household_events e
      WHERE e.household_id = NEW.household_id AND e.kind = ANY (v_turns)) THEN
    RAISE EXCEPTION 'a file is not turned before it was turned last' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON household_events FOR EACH ROW EXECUTE FUNCTION guard.before_household_event();

/* What a file says of itself and its events and members do not; no row where it stands. */
CREATE FUNCTION guard.household_differences(h households) RETURNS TABLE (what text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF h.status IS DISTINCT FROM guard.household_status(h.id, 10000) THEN
    what := 'status'; RETURN NEXT;
  END IF;
  IF NOT EXISTS (SELECT FROM (SELECT e.tier, e.year FROM household_events e
      WHERE e.household_id = h.id AND e.year IS NOT NULL ORDER BY e.year DESC, e.no DESC LIMIT 1) AS last
    WHERE (last.tier, last.year) = (h.tier, h.tier_year)) THEN
    what := 'tier'; RETURN NEXT;
  END IF;
  IF NOT EXISTS (SELECT FROM (SELECT e.due_on FROM household_events e
      WHERE e.household_id = h.id AND e.kind IN ('FILED', 'VISIT', 'LIFTED', 'RETURNED', 'CLOSED') ORDER BY e.no DESC LIMIT 1) AS last
    WHERE last.due_on IS NOT DISTINCT FROM h.follow_up_on)
    OR NOT EXISTS (SELECT FROM household_events f WHERE f.household_id = h.id AND f.no = 1 AND f.happened_on = h.filed_on) THEN
    what := 'days'; RETURN NEXT;
  END IF;
  -- numbered from one, the holder first
  IF (SELECT count(*) = 0 OR count(*) <> max(m.no) FROM household_members m WHERE m.household_id = h.id) THEN
    what := 'members'; RETURN NEXT;
  END IF;
  IF EXISTS (SELECT FROM (SELECT m.identity_id FROM household_members m
        WHERE m.household_id = h.id AND m.identity_id IS NOT NULL AND h.status <> 'CLOSED') AS due
      FULL JOIN (SELECT p.identity_id FROM household_people p WHERE p.household_id = h.id) AS held USING (identity_id)
      WHERE due IS NULL OR held IS NULL) THEN
    what := 'people'; RETURN NEXT;
  END IF;
END $$;

CREATE FUNCTION guard.check_household() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  h households;
  v_what text;
BEGIN
  -- as it stands at the commit
  SELECT * INTO h FROM households x WHERE x.id = NEW.id;
  SELECT string_agg(d.what, ', ') INTO v_what FROM guard.household_differences(h) d;
  IF v_what IS NOT NULL THEN
    RAISE EXCEPTION 'file % is not what its parts come to: %', h.id, v_what USING ERRCODE = 'NZ001';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER whole_insert AFTER INSERT ON households DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.check_household();
CREATE CONSTRAINT TRIGGER whole AFTER UPDATE ON households DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.version <> OLD.version) EXECUTE FUNCTION guard.check_household();

-- Files are for those who keep them and those who judge there. The province sees sums, administrators not even those.
GRANT SELECT, INSERT ON households TO nuanzhang_app;
-- whether a file is limited, or forgotten, is decided by two persons (59-forgetting)
GRANT UPDATE (organisation_id, code, kind, level, cause, other_causes, status, tier, tier_year, filed_on, follow_up_on, nonce, address, details,
  commitment, key_id, origin, version, created_by, created_at, updated_at) ON households TO nuanzhang_app;
GRANT SELECT, INSERT, DELETE ON household_members TO nuanzhang_app;
GRANT SELECT, INSERT ON household_events TO nuanzhang_app;
DO $$
DECLARE
  v_table text;
  v_there text;
BEGIN
  FOREACH v_table IN ARRAY '{households,household_members,household_events}'::text[] LOOP
    v_there := format('EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = %I.organisation_id
      AND c.ancestor_id = ANY ((SELECT guard.homes(%%L))::int[]))', v_table);
    -- a file that is limited is counted, and read by nobody
    EXECUTE format('CREATE POLICY workers_read ON %I FOR SELECT TO nuanzhang_app USING (%s AND %s)', v_table, format(v_there, '{CLERK,REVIEWER}'),
      CASE v_table WHEN 'households' THEN 'limited_at IS NULL' ELSE format('NOT guard.is_limited(%I.household_id)', v_table) END);
    EXECUTE format('CREATE POLICY clerk_inserts ON %I FOR INSERT TO nuanzhang_app WITH CHECK (%s)', v_table, format(v_there, '{CLERK}'));
  END LOOP;
END $$;
CREATE POLICY clerk_updates ON households FOR UPDATE TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = households.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
CREATE POLICY clerk_deletes ON household_members FOR DELETE TO nuanzhang_app
  USING (EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = household_members.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK}'))::int[])));
