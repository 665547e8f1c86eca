-- What is chosen from is renamed, ordered and taken out of use; what figures were made with does not change under them.

CREATE FUNCTION guard.before_code_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.code) IS DISTINCT FROM (OLD.id, OLD.code) THEN
    RAISE EXCEPTION 'the code of % never changes', TG_TABLE_NAME USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_code BEFORE UPDATE ON programmes FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();
CREATE TRIGGER keeps_code BEFORE UPDATE ON aid_categories FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();
CREATE TRIGGER keeps_code BEFORE UPDATE ON fund_sources FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();
CREATE TRIGGER keeps_code BEFORE UPDATE ON recipient_kinds FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();
CREATE TRIGGER keeps_code BEFORE UPDATE ON campaigns FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();
CREATE TRIGGER keeps_code BEFORE UPDATE ON export_maps FOR EACH ROW EXECUTE FUNCTION guard.before_code_update();

/* What follows where more is spent from a source in a year than was received: STOP refuses, WARN asks for a word,
   NONE says nothing. The rule of the latest year up to it; without one, an earmarked source stops. */
CREATE FUNCTION guard.limit_of(p_limits jsonb, p_earmarked boolean, p_year int) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN coalesce(
  (SELECT e.value FROM jsonb_each_text(p_limits) AS e WHERE e.key::int <= p_year ORDER BY e.key DESC LIMIT 1),
  CASE WHEN p_earmarked THEN 'STOP' ELSE 'NONE' END);

/* Does any record, or money received, name it? */
CREATE FUNCTION guard.code_in_use(p_kind text, p_code text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE p_kind
    WHEN 'programmes' THEN EXISTS (SELECT FROM programmes p JOIN disbursements d ON d.programme_id = p.id WHERE p.code = p_code)
      OR EXISTS (SELECT FROM programmes p JOIN allotments a ON a.programme_id = p.id WHERE p.code = p_code)
    WHEN 'fund_sources' THEN EXISTS (SELECT FROM fund_sources f JOIN disbursement_shares s ON s.fund_source_id = f.id WHERE f.code = p_code)
      OR EXISTS (SELECT FROM fund_sources f JOIN allotments a ON a.fund_source_id = f.id WHERE f.code = p_code)
    WHEN 'campaigns' THEN EXISTS (SELECT FROM campaigns c JOIN disbursements d ON d.campaign_id = c.id WHERE c.code = p_code)
    END;
END $$;

/* For whoever keeps the lists and reads no records. */
CREATE FUNCTION guard.kept_code_in_use(p_kind text, p_code text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE WHEN guard.is_admin() THEN guard.code_in_use(p_kind, p_code) END;
END $$;
GRANT EXECUTE ON FUNCTION guard.kept_code_in_use(text, text) TO nuanzhang_app;

/* A programme joins or leaves the relief totals, a source its limit, and a campaign its programme and its place, only
   while nothing was entered with it. The lock waits for whoever is entering, and holds off whoever would. */
CREATE FUNCTION guard.before_meaning_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('SELECT FROM %I WHERE id = $1 FOR UPDATE', TG_TABLE_NAME) USING OLD.id;
  IF guard.code_in_use(TG_TABLE_NAME, OLD.code) THEN
    RAISE EXCEPTION '% % is in use', TG_TABLE_NAME, OLD.code USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_meaning BEFORE UPDATE ON programmes FOR EACH ROW
  WHEN (NEW.contributory <> OLD.contributory) EXECUTE FUNCTION guard.before_meaning_update();
CREATE TRIGGER keeps_meaning BEFORE UPDATE ON fund_sources FOR EACH ROW
  WHEN (NEW.earmarked <> OLD.earmarked) EXECUTE FUNCTION guard.before_meaning_update();
CREATE TRIGGER keeps_meaning BEFORE UPDATE ON campaigns FOR EACH ROW
  WHEN ((NEW.programme_id, NEW.organisation_id) IS DISTINCT FROM (OLD.programme_id, OLD.organisation_id))
  EXECUTE FUNCTION guard.before_meaning_update();

/* A rule is taken out of use or its amount and level changed; it does not move to another place or step. */
CREATE FUNCTION guard.before_approval_rule_update() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.organisation_id, NEW.step) IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.step) THEN
    RAISE EXCEPTION 'an approval rule does not move' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_place BEFORE UPDATE ON approval_rules FOR EACH ROW EXECUTE FUNCTION guard.before_approval_rule_update();

/* A threshold gets another value or goes out of use; it does not become another, of another year, place or programme. */
CREATE FUNCTION guard.before_threshold_update() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.threshold, NEW.year, NEW.organisation_id, NEW.programme_id)
    IS DISTINCT FROM (OLD.id, OLD.threshold, OLD.year, OLD.organisation_id, OLD.programme_id) THEN
    RAISE EXCEPTION 'a threshold does not move' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_place BEFORE UPDATE ON finding_thresholds FOR EACH ROW EXECUTE FUNCTION guard.before_threshold_update();
