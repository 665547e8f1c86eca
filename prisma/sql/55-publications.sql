-- What the province tells everybody of a year. /public is served by nuanzhang_public over a login of its own
-- (lib/platform/public-db.ts): it calls the functions at the end of this file and sees no table at all.

/* Does a text to be published show what is of one to four, or name what is not at least a county? The commands hide
   more than this can see (what could be worked out); this is what is seen at a glance. */
CREATE FUNCTION guard.shows_too_much(p_payload text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_path_exists(p_payload::jsonb, '$.cells[*] ? (
      @.households >= 1 && @.households <= 4 || @.persons >= 1 && @.persons <= 4
      || @.personTimes >= 1 && @.personTimes <= 4 || @.packs >= 1 && @.packs <= 4)')
    OR jsonb_path_exists(p_payload::jsonb, '$.cells[*] ? (@.hidden == true).keyvalue()
      ? (@.key != "line" && @.key != "programme" && @.key != "hidden")')
    OR EXISTS (
      SELECT FROM jsonb_path_query(p_payload::jsonb, '$.lines[*].code') AS line
      WHERE NOT EXISTS (SELECT FROM organisations o WHERE o.code = line #>> '{}' AND o.kind IN ('PROVINCE', 'PREFECTURE', 'COUNTY')))
    OR EXISTS (
      -- as two sets: a look through the whole text for each of a thousand cells takes seconds
      SELECT jsonb_path_query(p_payload::jsonb, '$.cells[*].line')
      EXCEPT SELECT jsonb_path_query(p_payload::jsonb, '$.lines[*].line'))
$$;

/* In the name of whoever publishes, of a closed year, from the head of the chain. */
CREATE FUNCTION guard.before_publication() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_head bigint;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdraw_reason IS NULL
      OR (NEW.id, NEW.year, NEW.no, NEW.root_id, NEW.seq, NEW.at, NEW."by", NEW.payload, NEW.sha256, NEW.sensitive)
        IS DISTINCT FROM (OLD.id, OLD.year, OLD.no, OLD.root_id, OLD.seq, OLD.at, OLD."by", OLD.payload, OLD.sha256, OLD.sensitive) THEN
      RAISE EXCEPTION 'what was published is withdrawn, and never changed' USING ERRCODE = 'NZ004';
    END IF;
    NEW.withdrawn_by := guard.require_session();
    NEW.withdrawn_at := clock_timestamp();
    RETURN NEW;
  END IF;
  NEW."by" := guard.require_session();
  NEW.root_id := guard.root_of_session();
  NEW.withdrawn_at := NULL;
  NEW.withdrawn_by := NULL;
  NEW.withdraw_reason := NULL;
  PERFORM FROM years y WHERE y.year = NEW.year AND y.status = 'CLOSED' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'year % is not closed', NEW.year USING ERRCODE = 'NZ007';
  END IF;
  IF guard.shows_too_much(NEW.payload) THEN
    RAISE EXCEPTION 'what is to be published shows too much' USING ERRCODE = '23514';
  END IF;
  PERFORM pg_advisory_xact_lock(guard.lock_of_audit(NEW.root_id));
  SELECT e.position, greatest(date_trunc('milliseconds', clock_timestamp()), e.at) INTO v_head, NEW.at
  FROM audit_entries e WHERE e.root_id = NEW.root_id ORDER BY e.position DESC LIMIT 1;
  IF NEW.seq IS DISTINCT FROM v_head THEN
    RAISE EXCEPTION 'its figures are not those of the head of the chain' USING ERRCODE = 'NZ006';
  END IF;
  NEW.no := 1 + coalesce((SELECT max(p.no) FROM publications p WHERE p.year = NEW.year), 0);
  RETURN NEW;
END $$;
CREATE TRIGGER before_publication BEFORE INSERT OR UPDATE ON publications
  FOR EACH ROW EXECUTE FUNCTION guard.before_publication();
CREATE TRIGGER never_deleted BEFORE DELETE ON publications FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON publications DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('publication', 'id');

GRANT SELECT ON publications TO nuanzhang_app;
GRANT INSERT (year, seq, payload, sha256, sensitive), UPDATE (withdraw_reason) ON publications TO nuanzhang_app;
CREATE POLICY province_reads ON publications FOR SELECT TO nuanzhang_app
  USING ((SELECT guard.at_province('{PROVINCE,AUDITOR}')));
CREATE POLICY province_publishes ON publications FOR INSERT TO nuanzhang_app
  WITH CHECK ((SELECT guard.at_province('{PROVINCE}')));
CREATE POLICY province_withdraws ON publications FOR UPDATE TO nuanzhang_app
  USING ((SELECT guard.at_province('{PROVINCE}'))) WITH CHECK ((SELECT guard.at_province('{PROVINCE}')));

/* The years of which something is public: the last one said of each, where it was not withdrawn. */
CREATE FUNCTION guard.published() RETURNS TABLE (year int, no int, at timestamptz, sha256 text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT p.year::int, p.no::int, p.at, p.sha256::text FROM publications p
  WHERE p.withdrawn_at IS NULL AND NOT EXISTS (
    SELECT FROM publications later WHERE later.year = p.year AND later.no > p.no)
  ORDER BY p.year DESC;
END $$;

CREATE FUNCTION guard.published_of(p_year int) RETURNS TABLE (
  year int, no int, at timestamptz, seq bigint, sha256 text, payload text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT p.year::int, p.no::int, p.at, p.seq, p.sha256::text, p.payload FROM publications p
  JOIN guard.published() last ON (last.year, last.no) = (p.year, p.no)
  WHERE p.year = p_year;
END $$;

/* Takes a token for an address that reads what is public; answers how many seconds to wait. */
CREATE FUNCTION guard.admit_visitor(p_address text, p_capacity double precision, p_per_second double precision)
RETURNS double precision
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN guard.take_token('public:' || left(p_address, 64), p_capacity, p_per_second);
END $$;

GRANT EXECUTE ON FUNCTION guard.published(), guard.published_of(int),
  guard.admit_visitor(text, double precision, double precision) TO nuanzhang_public;
