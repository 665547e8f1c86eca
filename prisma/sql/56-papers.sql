-- Sign-off sheets 签领表 and public notices 公示 of a roster (docs/decisions/0044). Of a person nothing stands here but
-- what was said against a notice, which was sealed before it came.

/* Which state of a roster a paper is of: the commitments of its lines, so that a new key changes nothing. Null where it
   has no lines. */
CREATE FUNCTION guard.roster_digest(p_id bigint) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT sha256(convert_to(string_agg(concat_ws(' ', l.no, encode(l.commitment, 'hex'), coalesce(l.amount_fen::text, '-'),
      coalesce(l.packs::text, '-'), l.persons), E'\n' ORDER BY l.no), 'UTF8'))
    FROM roster_lines l WHERE l.disbursement_id = p_id HAVING count(*) > 0);
END $$;

/* What a paper says of its roster is said by the roster. */
CREATE FUNCTION guard.before_paper_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  -- whoever saves the roster holds this row: a paper is of the lines before or of those after
  PERFORM FROM disbursements d WHERE d.id = NEW.disbursement_id AND d.organisation_id = NEW.organisation_id
    AND d.status <> 'VOIDED' AND d.entry_kind <> 'REVERSAL' FOR NO KEY UPDATE;
  NEW.roster_digest := guard.roster_digest(NEW.disbursement_id);
  IF NOT FOUND OR NEW.roster_digest IS NULL THEN
    RAISE EXCEPTION 'nothing to print of %', NEW.disbursement_id USING ERRCODE = 'NZ004';
  END IF;
  NEW.lines := (SELECT count(*) FROM roster_lines l WHERE l.disbursement_id = NEW.disbursement_id);
  IF TG_TABLE_NAME = 'sign_sheets' THEN
    NEW.made_by := v_user;
    NEW.made_at := now();
    NEW.amount_fen := (SELECT sum(l.amount_fen) FROM roster_lines l WHERE l.disbursement_id = NEW.disbursement_id);
  ELSE
    NEW.posted_by := v_user;
    NEW.posted_at := now();
    IF NEW.status <> 'POSTED' THEN
      RAISE EXCEPTION 'a notice begins by hanging out' USING ERRCODE = 'NZ007';
    ELSIF NEW.posted_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
      RAISE EXCEPTION 'of a day that is still to come' USING ERRCODE = 'NZ001';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON sign_sheets
  FOR EACH ROW EXECUTE FUNCTION guard.before_paper_insert();
CREATE TRIGGER before_insert BEFORE INSERT ON public_notices
  FOR EACH ROW EXECUTE FUNCTION guard.before_paper_insert();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON sign_sheets
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON sign_sheets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'disbursement_id');

CREATE FUNCTION guard.public_notice_days() RETURNS int LANGUAGE sql IMMUTABLE RETURN 5;

/* The last of so many working days after a day, the first of them being the next one; and whether all years it goes
   through are known. Where they are not, it is what the week alone would give. */
CREATE FUNCTION guard.notice_end(p_posted_on date) RETURNS TABLE (ends_on date, known boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  WITH days AS (
    SELECT g.day::date AS day, y.year IS NOT NULL AS known,
      g.day::date = ANY (y.work_days) OR (extract(isodow FROM g.day) < 6 AND NOT g.day::date = ANY (coalesce(y.rest_days, '{}'))) AS works
    FROM generate_series(p_posted_on + 1, p_posted_on + 60, interval '1 day') AS g (day)
    LEFT JOIN workday_years y ON y.year = extract(year FROM g.day)
  ), worked AS (
    SELECT d.day FROM days d WHERE d.works ORDER BY d.day OFFSET guard.public_notice_days() - 1 LIMIT 1)
  SELECT w.day, NOT EXISTS (SELECT FROM days d WHERE d.day <= w.day AND NOT d.known) FROM worked w;
END $$;

/* How many objections to a notice wait for an answer, and how many were right: to whoever reads the record, without a
   word of them. */
CREATE FUNCTION guard.notice_objections(p_id bigint) RETURNS TABLE (open int, upheld int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT (count(*) FILTER (WHERE a.id IS NULL))::int, (count(*) FILTER (WHERE a.upheld))::int
  FROM public_notices n JOIN notice_words w ON w.notice_id = n.id AND w.kind = 'OBJECTION'
  LEFT JOIN notice_words a ON a.answers_id = w.id
  WHERE n.id = p_id AND guard.reads(n.organisation_id);
END $$;

/* 确认: when its working days are over and known, the roster is still what hung out, and everything that was said against
   it is answered. 撤下: any time, with a reason. */
CREATE FUNCTION guard.before_notice_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'POSTED' OR NEW.status NOT IN ('CONFIRMED', 'WITHDRAWN')
    OR to_jsonb(NEW) - '{status,closed_by,closed_at,close_reason}'::text[] <> to_jsonb(OLD) - '{status,closed_by,closed_at,close_reason}'::text[] THEN
    RAISE EXCEPTION 'a notice hangs out, and is confirmed or taken down' USING ERRCODE = 'NZ007';
  END IF;
  NEW.closed_by := guard.require_session();
  NEW.closed_at := now();
  IF NEW.status = 'CONFIRMED' AND (guard.roster_digest(NEW.disbursement_id) IS DISTINCT FROM NEW.roster_digest
    OR NOT EXISTS (SELECT FROM guard.notice_end(NEW.posted_on) e WHERE e.known AND e.ends_on < (now() AT TIME ZONE 'Asia/Shanghai')::date)
    OR EXISTS (SELECT FROM notice_words w WHERE w.notice_id = NEW.id AND w.kind = 'OBJECTION'
      AND NOT EXISTS (SELECT FROM notice_words a WHERE a.answers_id = w.id AND NOT a.upheld))) THEN
    RAISE EXCEPTION 'notice % cannot be confirmed yet', NEW.id USING ERRCODE = 'NZ007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_update BEFORE UPDATE ON public_notices
  FOR EACH ROW EXECUTE FUNCTION guard.before_notice_update();
CREATE TRIGGER never_deleted BEFORE DELETE ON public_notices
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON public_notices DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('disbursement', 'disbursement_id');

/* Words are of a notice that hangs out; an answer is of an objection to the same one. */
CREATE FUNCTION guard.before_notice_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_posted date;
BEGIN
  NEW.written_by := guard.require_session();
  NEW.written_at := now();
  SELECT n.posted_on INTO v_posted FROM public_notices n
    WHERE n.id = NEW.notice_id AND n.organisation_id = NEW.organisation_id AND n.status = 'POSTED' FOR NO KEY UPDATE;
  IF NOT FOUND OR NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT FROM notice_words w
    WHERE w.id = NEW.answers_id AND w.notice_id = NEW.notice_id AND w.kind = 'OBJECTION') THEN
    RAISE EXCEPTION 'nothing is said of this notice' USING ERRCODE = 'NZ004';
  ELSIF NEW.said_on < v_posted OR NEW.said_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
    RAISE EXCEPTION 'not a day on which it hung out' USING ERRCODE = 'NZ001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_insert BEFORE INSERT ON notice_words
  FOR EACH ROW EXECUTE FUNCTION guard.before_notice_words();
CREATE TRIGGER only_resealed BEFORE UPDATE ON notice_words
  FOR EACH ROW EXECUTE FUNCTION guard.before_resealed();
CREATE TRIGGER never_deleted BEFORE DELETE ON notice_words
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* The record whose notice it is: words are told of in its entries. */
CREATE FUNCTION guard.after_notice_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user = 'nuanzhang_app' AND NOT guard.is_audited('disbursement',
    (SELECT n.disbursement_id::text FROM public_notices n WHERE n.id = NEW.notice_id)) THEN
    RAISE EXCEPTION 'words of notice % without an audit entry', NEW.notice_id USING ERRCODE = 'NZ008';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON notice_words DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_notice_words();

-- Days that were given out are of their year, and differ from the week.
CREATE FUNCTION guard.before_workday_year() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM unnest(NEW.rest_days) AS r (day) WHERE extract(year FROM r.day) <> NEW.year OR extract(isodow FROM r.day) > 5)
    OR EXISTS (SELECT FROM unnest(NEW.work_days) AS w (day) WHERE extract(year FROM w.day) <> NEW.year OR extract(isodow FROM w.day) < 6)
    OR TG_OP = 'UPDATE' AND (NEW.year <> OLD.year OR NEW.version <> OLD.version + 1) THEN
    RAISE EXCEPTION 'days of % that are not given out', NEW.year USING ERRCODE = 'NZ001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_its_year BEFORE INSERT OR UPDATE ON workday_years
  FOR EACH ROW EXECUTE FUNCTION guard.before_workday_year();
CREATE TRIGGER never_deleted BEFORE DELETE ON workday_years
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON workday_years DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('workdays', 'year');

GRANT SELECT, INSERT ON sign_sheets, public_notices, notice_words TO nuanzhang_app;
GRANT UPDATE (status, closed_by, closed_at, close_reason) ON public_notices TO nuanzhang_app;
GRANT SELECT, INSERT, UPDATE ON workday_years TO nuanzhang_app;
DO $$
DECLARE
  t text;
  v_below constant text := 'EXISTS (SELECT FROM organisation_closure c
    WHERE c.descendant_id = %I.organisation_id AND c.ancestor_id = ANY ((SELECT %s)::int[]))';
BEGIN
  -- that a list hangs out is no secret to whoever reads the record; what was said against it is
  FOREACH t IN ARRAY ARRAY['sign_sheets', 'public_notices'] LOOP
    EXECUTE format('CREATE POLICY readers_read ON %I FOR SELECT TO nuanzhang_app USING (%s)', t, format(v_below, t, 'guard.reading_homes()'));
    EXECUTE format('CREATE POLICY clerk_inserts ON %I FOR INSERT TO nuanzhang_app WITH CHECK (%s)', t, format(v_below, t, 'guard.homes(''{CLERK}'')'));
  END LOOP;
  EXECUTE format('CREATE POLICY workers_close ON public_notices FOR UPDATE TO nuanzhang_app USING (%s)',
    format(v_below, 'public_notices', 'guard.homes(''{CLERK,REVIEWER}'')'));
  EXECUTE format('CREATE POLICY workers_read ON notice_words FOR SELECT TO nuanzhang_app USING (%s)',
    format(v_below, 'notice_words', 'guard.homes(''{CLERK,REVIEWER}'')'));
  EXECUTE format('CREATE POLICY workers_insert ON notice_words FOR INSERT TO nuanzhang_app WITH CHECK (%s)',
    format(v_below, 'notice_words', 'guard.homes(''{CLERK,REVIEWER}'')'));
END $$;
CREATE POLICY read_signed_in ON workday_years FOR SELECT TO nuanzhang_app USING ((SELECT guard.session_user_id()) IS NOT NULL);
CREATE POLICY admin_insert ON workday_years FOR INSERT TO nuanzhang_app WITH CHECK ((SELECT guard.is_admin()));
CREATE POLICY admin_update ON workday_years FOR UPDATE TO nuanzhang_app USING ((SELECT guard.is_admin())) WITH CHECK ((SELECT guard.is_admin()));
GRANT EXECUTE ON FUNCTION guard.roster_digest(bigint), guard.notice_end(date), guard.notice_objections(bigint) TO nuanzhang_app;
