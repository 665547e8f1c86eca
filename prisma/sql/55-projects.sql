-- Projects: declared, approved by another person from above, closed; money arrives by allotments that name them. What
-- is spent on one is what its organisation spends in its year from its source on its programmes, so that no record
-- has to say whose it is: which is why no two that stand may share such spending (docs/decisions/0031).

/* May the session's user approve, close and void what this organisation declared? The province, and reviewers above. */
CREATE FUNCTION guard.is_above(p_organisation_id int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM memberships m JOIN organisation_closure c ON c.ancestor_id = m.organisation_id
    WHERE m.user_id = guard.session_user_id() AND m.revoked_at IS NULL AND c.descendant_id = p_organisation_id
      AND (m.role = 'PROVINCE' OR m.role = 'REVIEWER' AND m.organisation_id <> p_organisation_id));
END $$;

/* Another one that stands and has some of the same spending. */
CREATE FUNCTION guard.project_beside(p projects) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT min(x.id) FROM projects x
    WHERE (x.organisation_id, x.fiscal_year, x.fund_source_id) = (p.organisation_id, p.fiscal_year, p.fund_source_id)
      AND x.id <> p.id AND x.status <> 'VOIDED'
      AND (cardinality(x.programme_ids) = 0 OR cardinality(p.programme_ids) = 0 OR x.programme_ids && p.programme_ids));
END $$;

CREATE FUNCTION guard.before_project_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_open_year(NEW.fiscal_year);
  NEW.created_by := guard.require_session();
  NEW.version := 1;
  IF NEW.status <> 'DECLARED' THEN
    RAISE EXCEPTION 'a project begins as declared' USING ERRCODE = 'NZ007';
  ELSIF NEW.programme_ids <> ARRAY(SELECT p.id FROM programmes p WHERE p.id = ANY (NEW.programme_ids) ORDER BY p.id) THEN
    RAISE EXCEPTION 'the programmes of a project are known, each once, in order' USING ERRCODE = '23514';
  END IF;
  PERFORM pg_advisory_xact_lock(guard.lock_of_source(NEW.organisation_id, NEW.fiscal_year, NEW.fund_source_id));
  IF guard.project_beside(NEW) IS NOT NULL THEN
    RAISE EXCEPTION 'project % has the same spending', guard.project_beside(NEW) USING ERRCODE = 'NZ018';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON projects
  FOR EACH ROW EXECUTE FUNCTION guard.before_project_insert();

CREATE FUNCTION guard.before_project_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
  v_step text[] := CASE NEW.status
    WHEN 'APPROVED' THEN '{approved_fen,approval_document,approved_on,approved_by,approved_at}'
    WHEN 'CLOSED' THEN '{closed_by,closed_at,close_note}'
    WHEN 'VOIDED' THEN '{voided_by,voided_at,void_reason}' ELSE '{}' END::text[] || '{status,version}';
BEGIN
  PERFORM guard.require_open_year(OLD.fiscal_year);
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'stale version' USING ERRCODE = 'NZ006';
  ELSIF (OLD.status, NEW.status) NOT IN (('DECLARED', 'APPROVED'), ('APPROVED', 'CLOSED'), ('DECLARED', 'VOIDED'), ('APPROVED', 'VOIDED')) THEN
    RAISE EXCEPTION 'a project does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'NZ007';
  ELSIF (to_jsonb(NEW) - v_step) <> (to_jsonb(OLD) - v_step) THEN
    RAISE EXCEPTION 'what was declared of a project stays' USING ERRCODE = 'NZ004';
  ELSIF NEW.status = 'APPROVED' AND v_user = OLD.created_by THEN
    RAISE EXCEPTION 'own entry' USING ERRCODE = 'NZ003';
  ELSIF NOT guard.is_above(OLD.organisation_id) AND (OLD.status, NEW.status) <> ('DECLARED', 'VOIDED') THEN
    RAISE EXCEPTION 'those above decide of a project' USING ERRCODE = 'NZ010';
  END IF;
  CASE NEW.status
    WHEN 'APPROVED' THEN NEW.approved_by := v_user;
    WHEN 'CLOSED' THEN NEW.closed_by := v_user;
    ELSE
      NEW.voided_by := v_user;
      IF EXISTS (SELECT FROM allotments a WHERE a.project_id = OLD.id AND a.voided_at IS NULL) THEN
        RAISE EXCEPTION 'money arrived for project %', OLD.id USING ERRCODE = 'NZ019';
      END IF;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON projects
  FOR EACH ROW EXECUTE FUNCTION guard.before_project_update();
CREATE TRIGGER never_deleted BEFORE DELETE ON projects
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON projects DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('project', 'id');

/* Is the money of this allotment that project's to have? */
CREATE FUNCTION guard.is_money_of(a allotments, p projects) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN (a.organisation_id, a.fiscal_year, a.fund_source_id) = (p.organisation_id, p.fiscal_year, p.fund_source_id)
  AND (a.programme_id IS NULL OR cardinality(p.programme_ids) = 0 OR a.programme_id = ANY (p.programme_ids));

/* What arrives names a project that is approved and not closed; its lock holds off whoever would void it. What is given
   away of such money takes it from the same project. */
CREATE FUNCTION guard.before_project_money() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p projects;
BEGIN
  IF NEW.taken_from_id IS NOT NULL THEN
    IF NEW.project_id IS DISTINCT FROM (SELECT t.project_id FROM allotments t WHERE t.id = NEW.taken_from_id) THEN
      RAISE EXCEPTION 'what is given away is of the project it arrived for' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO p FROM projects WHERE id = NEW.project_id FOR SHARE;
  IF NEW.project_id IS NOT NULL AND (p.status <> 'APPROVED' OR NOT guard.is_money_of(NEW, p)) THEN
    RAISE EXCEPTION 'this money is not for project %', NEW.project_id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_project_money BEFORE INSERT ON allotments
  FOR EACH ROW EXECUTE FUNCTION guard.before_project_money();
