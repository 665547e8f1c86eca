-- 上报前须公示: where a programme asks for it, a record that names people is submitted once their list hung out and was
-- confirmed. The notice is of the lines as they were: once they are changed, it no longer counts (docs/decisions/0047).

/* What a record lacks of the notice that its programme asks for; null where nothing is asked for, nobody is named, or
   the list that was confirmed is the one that stands. */
CREATE FUNCTION guard.notice_beside(p_id bigint, p_organisation_id int) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_digest bytea;
BEGIN
  IF NOT EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = p_id AND l.organisation_id = p_organisation_id) THEN
    RETURN NULL;
  END IF;
  v_digest := guard.roster_digest(p_id);
  IF EXISTS (SELECT FROM public_notices n WHERE n.disbursement_id = p_id AND n.status = 'CONFIRMED' AND n.roster_digest = v_digest) THEN
    RETURN NULL;
  END IF;
  RETURN coalesce(
    (SELECT json_build_object('state', CASE WHEN n.roster_digest = v_digest THEN 'hanging' ELSE 'changed' END,
        'lines', (SELECT count(*) FROM roster_lines l WHERE l.disbursement_id = p_id), 'endsOn', e.ends_on::text)
      FROM public_notices n CROSS JOIN LATERAL guard.notice_end(n.posted_on) AS e
      WHERE n.disbursement_id = p_id AND n.status <> 'WITHDRAWN' ORDER BY n.id DESC LIMIT 1),
    json_build_object('state', 'none', 'lines', (SELECT count(*) FROM roster_lines l WHERE l.disbursement_id = p_id), 'endsOn', ''));
END $$;

CREATE FUNCTION guard.before_noticed_submission() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_lacks json;
BEGIN
  IF EXISTS (SELECT FROM programmes p WHERE p.id = NEW.programme_id AND p.notice_from_year <= NEW.fiscal_year) THEN
    v_lacks := guard.notice_beside(NEW.id, NEW.organisation_id);
    IF v_lacks IS NOT NULL THEN
      RAISE EXCEPTION 'the list of % was not confirmed in public', NEW.id USING ERRCODE = 'NZ043',
        DETAIL = json_build_object('records', ARRAY[NEW.id::text], 'values', v_lacks);
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER noticed BEFORE UPDATE ON disbursements FOR EACH ROW
  WHEN (NEW.status = 'SUBMITTED' AND OLD.status <> 'SUBMITTED' AND NEW.entry_kind <> 'REVERSAL')
  EXECUTE FUNCTION guard.before_noticed_submission();
