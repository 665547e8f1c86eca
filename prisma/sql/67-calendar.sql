-- What is expected of whom and by when, and the declaration that there was nothing (零申报). What is late is said
-- and never blocked: nothing here stops a record.

/* The 31st of a shorter month is its last day. */
CREATE FUNCTION guard.day_of(p_year int, p_month int, p_day int) RETURNS date LANGUAGE sql IMMUTABLE
RETURN least(make_date(p_year, p_month, 1) + (p_day - 1), (make_date(p_year, p_month, 1) + interval '1 month')::date - 1);

/* What is owed for a year, by whom, for which days and until when: of an organisation and a programme by the rows of
   the nearest root. A period belongs to the year in which it ends, a month to its own. Bound to its names and without
   a SET, so that a query narrows it to its places. */
CREATE FUNCTION guard.expected_periods(p_year int) RETURNS TABLE (
  expectation_id int, organisation_id int, programme_id int, period_from date, period_to date, due_on date)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT e.id, e.owing_id, e.programme_id, p.period_from, p.period_to, p.due_on
  FROM (
    SELECT x.id, x.programme_id, x.repeats, x.from_month, x.from_day, x.to_month, x.to_day, x.due_month, x.due_day,
      o.id AS owing_id, rank() OVER (PARTITION BY o.id, x.programme_id ORDER BY length(root.path) DESC) AS nearness
    FROM expectations x JOIN organisations root ON root.id = x.organisation_id
    JOIN organisation_closure c ON c.ancestor_id = x.organisation_id
    JOIN organisations o ON o.id = c.descendant_id AND o.kind = x.owed_by AND o.active
    WHERE x.active AND x.first_year <= p_year AND coalesce(x.last_year, p_year) >= p_year
  ) AS e
  CROSS JOIN LATERAL (
    SELECT guard.day_of(p_year - ((e.from_month, e.from_day) > (e.to_month, e.to_day))::int, e.from_month, e.from_day),
      guard.day_of(p_year, e.to_month, e.to_day),
      guard.day_of(p_year + ((e.due_month, e.due_day) < (e.to_month, e.to_day))::int, e.due_month, e.due_day)
    WHERE e.repeats = 'YEARLY'
    UNION ALL
    SELECT make_date(p_year, m, 1), guard.day_of(p_year, m, 31), guard.day_of(p_year + m / 12, m % 12 + 1, e.due_day)
    FROM generate_series(e.from_month::int, e.to_month::int) AS m WHERE e.repeats = 'MONTHLY'
  ) AS p (period_from, period_to, due_on)
  WHERE e.nearness = 1;
END;

/* Records that say of which days they are and were not taken back by a reversal. What the ledger lists under a day
   (ledger_on) counts for the period that day lies in; one of a whole quarter covers its months too. */
CREATE VIEW guard.dated_entries WITH (security_invoker = true) AS
  SELECT d.id, d.organisation_id, d.programme_id, d.fiscal_year, d.status, d.ledger_on, d.submitted_at,
    coalesce(d.period_from, d.paid_on) AS starts_on, coalesce(d.period_to, d.paid_on) AS ends_on
  FROM disbursements d
  WHERE d.status <> 'VOIDED' AND d.entry_kind <> 'REVERSAL' AND coalesce(d.period_to, d.paid_on) IS NOT NULL
    AND NOT EXISTS (SELECT FROM adjustments a JOIN disbursements r ON r.id = a.reversal_id
      WHERE a.original_id = d.id AND r.status = 'APPROVED');

CREATE FUNCTION guard.lock_of_period(p_organisation_id int, p_programme_id int) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT hashtextextended(concat_ws(' ', 'nil', p_organisation_id, p_programme_id), 727073)
$$;

/* Nothing is declared where something stands, be it a draft; nor of what nobody asks for; nor in a closed year. A
   declaration does not change: it ends. */
CREATE FUNCTION guard.before_nil_declaration() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_end constant text[] := '{end_kind,ended_at,ended_by,superseded_by,version}';
  v_year int := extract(year FROM NEW.period_to);
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.created_by := guard.require_session();
    NEW.version := 1;
    IF NEW.end_kind IS NOT NULL THEN
      RAISE EXCEPTION 'a declaration begins standing' USING ERRCODE = 'NZ007';
    END IF;
    PERFORM guard.require_open_year(v_year);
    PERFORM pg_advisory_xact_lock(guard.lock_of_period(NEW.organisation_id, NEW.programme_id));
    PERFORM FROM guard.expected_periods(v_year) e
    WHERE (e.organisation_id, e.programme_id, e.period_from, e.period_to)
      = (NEW.organisation_id, NEW.programme_id, NEW.period_from, NEW.period_to);
    IF NOT FOUND THEN
      RAISE EXCEPTION 'nothing is expected of it then' USING ERRCODE = 'NZ011';
    END IF;
    PERFORM FROM guard.dated_entries d
    WHERE (d.organisation_id, d.programme_id) = (NEW.organisation_id, NEW.programme_id)
      AND (d.ledger_on BETWEEN NEW.period_from AND NEW.period_to
        OR d.starts_on <= NEW.period_from AND d.ends_on >= NEW.period_to);
    IF FOUND THEN
      RAISE EXCEPTION 'a record stands in this period' USING ERRCODE = 'NZ011';
    END IF;
  ELSIF OLD.end_kind IS NOT NULL OR NEW.end_kind IS NULL OR (to_jsonb(NEW) - v_end) <> (to_jsonb(OLD) - v_end) THEN
    RAISE EXCEPTION 'a declaration ends and does not change' USING ERRCODE = 'NZ004';
  ELSIF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'version % does not follow %', NEW.version, OLD.version USING ERRCODE = 'NZ006';
  ELSE
    NEW.ended_by := guard.require_session();
    IF NEW.end_kind = 'WITHDRAWN' THEN
      PERFORM guard.require_open_year(v_year);
    ELSIF NOT EXISTS (
      SELECT FROM guard.dated_entries d WHERE d.id = NEW.superseded_by AND d.status IN ('SUBMITTED', 'APPROVED')
        AND (d.organisation_id, d.programme_id) = (NEW.organisation_id, NEW.programme_id)
        AND (d.ledger_on BETWEEN NEW.period_from AND NEW.period_to
          OR d.starts_on <= NEW.period_from AND d.ends_on >= NEW.period_to)) THEN
      RAISE EXCEPTION 'no record of this period takes its place' USING ERRCODE = 'NZ004';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_write BEFORE INSERT OR UPDATE ON nil_declarations
  FOR EACH ROW EXECUTE FUNCTION guard.before_nil_declaration();
CREATE TRIGGER never_deleted BEFORE DELETE ON nil_declarations
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON nil_declarations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('nil-declaration', 'id');

/* A record that is submitted takes the place of what was declared for its period, whichever way it came. The lock
   waits for whoever is declaring; it is shared, so that records do not wait for one another. */
CREATE FUNCTION guard.after_sent_in_nil_period() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(guard.lock_of_period(NEW.organisation_id, NEW.programme_id));
  UPDATE nil_declarations n
  SET end_kind = 'SUPERSEDED', ended_at = coalesce(NEW.submitted_at, now()), superseded_by = NEW.id, version = n.version + 1
  WHERE n.end_kind IS NULL AND (n.organisation_id, n.programme_id) = (NEW.organisation_id, NEW.programme_id)
    AND (NEW.ledger_on BETWEEN n.period_from AND n.period_to
      OR coalesce(NEW.period_from, NEW.paid_on) <= n.period_from AND coalesce(NEW.period_to, NEW.paid_on) >= n.period_to);
  RETURN NULL;
END $$;
CREATE TRIGGER ends_nil AFTER UPDATE ON disbursements FOR EACH ROW
  WHEN (NEW.status = 'SUBMITTED' AND OLD.status <> 'SUBMITTED' AND NEW.entry_kind <> 'REVERSAL')
  EXECUTE FUNCTION guard.after_sent_in_nil_period();

/* Told at the commit, when nothing else is waited for any more (30-audit); by its name before whoever asks for the entry. */
CREATE FUNCTION guard.after_superseded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.write_entries(s.root_id, '{nil-declaration.supersede}', ARRAY[s.subject_id], ARRAY[s.organisation_id],
    ARRAY[format('{"record":"%s"}', NEW.superseded_by)], ARRAY[s.digest])
  FROM guard.audit_states('nil-declaration', ARRAY[NEW.id::text]) s;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER announced AFTER UPDATE ON nil_declarations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.end_kind = 'SUPERSEDED') EXECUTE FUNCTION guard.after_superseded();

/* What is owed by whom stays what it is; the days, the years and its source change, and it goes out of use. */
CREATE FUNCTION guard.before_expectation_update() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.programme_id, NEW.organisation_id, NEW.owed_by)
    IS DISTINCT FROM (OLD.id, OLD.programme_id, OLD.organisation_id, OLD.owed_by) THEN
    RAISE EXCEPTION 'what is expected does not move' USING ERRCODE = 'NZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeps_place BEFORE UPDATE ON expectations FOR EACH ROW EXECUTE FUNCTION guard.before_expectation_update();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE ON expectations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('expectation', 'id');

GRANT EXECUTE ON FUNCTION guard.day_of(int, int, int), guard.expected_periods(int) TO nuanzhang_app;
GRANT SELECT ON guard.dated_entries TO nuanzhang_app;
