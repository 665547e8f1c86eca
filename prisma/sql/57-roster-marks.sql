-- What lines of rosters have in common, without opening them (docs/decisions/0045). Marks are keyed digests, as
-- person_keys has them of documents: no role but the owner reads one, and what may be said of them is said here.

/* What more lines than these have in common says nothing of their names; of other records the newest lines are looked at. */
CREATE FUNCTION guard.most_under_a_mark() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 200 $$;
CREATE FUNCTION guard.most_of_others() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 50 $$;

CREATE TRIGGER digested_insert AFTER INSERT ON roster_marks REFERENCING NEW TABLE AS changed_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_digested();
CREATE TRIGGER only_replaced BEFORE UPDATE ON roster_marks
  FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();

/* Marks go with their lines. */
CREATE FUNCTION guard.after_lines_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  DELETE FROM roster_marks m WHERE m.line_id IN (SELECT g.id FROM gone_rows g);
  RETURN NULL;
END $$;
CREATE TRIGGER marks_go AFTER DELETE ON roster_lines REFERENCING OLD TABLE AS gone_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard.after_lines_gone();

/* Marks of lines that are written in this very transaction, by whoever may write them. Each line is looked up by its
   key, however empty the tables were when the plan was made. */
CREATE FUNCTION guard.mark_lines(p_disbursement_id bigint, p_marks jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_user uuid := guard.require_session();
BEGIN
  PERFORM FROM disbursements d
  WHERE d.id = p_disbursement_id AND d.last_edited_by = v_user AND d.xmin = pg_current_xact_id()::xid
    AND EXISTS (SELECT FROM organisation_closure c
      WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (guard.homes('{CLERK}')));
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the lines of this record are not marked' USING ERRCODE = '42501';
  END IF;
  INSERT INTO roster_marks (line_id, disbursement_id, kind, digest, who, index_key_id)
  SELECT m.line, p_disbursement_id, m.kind, decode(m.digest, 'hex'), decode(m.who, 'hex'), m.key
  FROM jsonb_to_recordset(p_marks) AS m (line uuid, kind text, digest text, who text, key text)
  WHERE (SELECT l.disbursement_id FROM roster_lines l WHERE l.id = m.line) = p_disbursement_id
  ON CONFLICT DO NOTHING;
END $$;

/* The newest lines of other records under a mark, by roster_marks_digest_disbursement_id_idx in its own order. */
CREATE FUNCTION guard.marked_elsewhere(p_digest bytea, p_id bigint)
RETURNS TABLE (who bytea, line_id uuid, disbursement_id bigint, index_key_id text)
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT x.who, x.line_id, x.disbursement_id, x.index_key_id FROM roster_marks x
  WHERE x.digest = p_digest AND x.disbursement_id <> p_id ORDER BY x.disbursement_id DESC LIMIT guard.most_of_others();
END;

/* So many different people of one name in one county make it a name of many. */
CREATE FUNCTION guard.most_namesakes() RETURNS int LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$ SELECT 20 $$;

/* Is the name of this line one that many others bear in its organisation? Of a long list the first lines found are
   looked at. */
CREATE FUNCTION guard.is_name_of_many(p_line_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  RETURN (SELECT count(DISTINCT l.identity_id) > guard.most_namesakes() FROM (
      SELECT n.line_id FROM roster_marks m JOIN roster_marks n ON n.digest = m.digest
      WHERE m.line_id = p_line_id AND m.kind = 'NAME' LIMIT 20 * guard.most_namesakes()) AS x
    JOIN roster_lines l ON l.id = x.line_id);
END $$;

/* Lines of this roster that have something in common, with one another or with what this reader knows of in the same
   programme and period: by line number, and the records they are held against. Of more than one can be concluded from,
   and of what stands elsewhere, nothing.
     account   one account, several holders
     phone     one telephone, three people or more
     name      one sound of a name and one day of birth, but for numbers issued in different places where the name is one
               of many; or beside one telephone or account, or within one list where
               nothing tells them apart, and one of them has no number
     household people of one household's file */
CREATE FUNCTION guard.roster_alike(p_id bigint, p_case bigint, p_programme_id int, p_periods text[], p_homes int[])
RETURNS TABLE (what text, nos int[], records bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  WITH mine AS MATERIALIZED (
    SELECT m.*, count(*) OVER (PARTITION BY m.digest) AS lines FROM roster_marks m WHERE m.disbursement_id = p_id
  ), first AS MATERIALIZED (
    SELECT d.kind, d.digest, m.* FROM (
      -- in the order of the index: what lies beside one another is read once
      SELECT DISTINCT mine.kind, mine.digest FROM mine
      WHERE mine.kind IN ('ACCOUNT', 'PHONE', 'BORN') AND cardinality(p_periods) > 0 ORDER BY mine.digest OFFSET 0) AS d
    CROSS JOIN LATERAL guard.marked_elsewhere(d.digest, p_id) AS m
  ), others AS MATERIALIZED (
    SELECT f.* FROM first f
    UNION ALL
    -- a name beside a telephone or an account is there only where that is
    SELECT d.kind, d.digest, m.* FROM (
      SELECT DISTINCT b.kind, b.digest FROM mine b WHERE b.kind = 'BESIDE' AND b.line_id IN (
        SELECT own.line_id FROM mine own JOIN first f ON f.digest = own.digest AND f.kind <> 'BORN')) AS d
    CROSS JOIN LATERAL guard.marked_elsewhere(d.digest, p_id) AS m
  ), known AS MATERIALIZED (
    -- of the same programme and a period in common, not undone, and within the reader's reach
    SELECT d.id FROM (SELECT DISTINCT o.disbursement_id FROM others o) AS o JOIN disbursements d ON d.id = o.disbursement_id
    WHERE d.programme_id = p_programme_id AND d.status IN ('SUBMITTED', 'APPROVED')
      AND guard.claim_periods_of(d.programme_id, d.fiscal_year, guard.first_day_of(d), d.ledger_on) && p_periods
      AND NOT guard.is_reversed(d.id) AND guard.case_of(d.id) <> p_case
      AND EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = d.organisation_id AND c.ancestor_id = ANY (p_homes))
  ), held AS MATERIALIZED (
    SELECT m.kind, m.digest, m.who, m.line_id, m.disbursement_id, m.index_key_id FROM mine m
    WHERE m.lines > 1
      OR (m.kind, m.digest) IN (SELECT o.kind, o.digest FROM others o JOIN known k ON k.id = o.disbursement_id)
    UNION ALL
    SELECT o.kind, o.digest, o.who, o.line_id, o.disbursement_id, o.index_key_id
    FROM others o JOIN known k ON k.id = o.disbursement_id
  ), found AS (
    SELECT h.kind, h.digest,
      array_agg(l.no ORDER BY l.no) FILTER (WHERE h.disbursement_id = p_id) AS nos,
      array_agg(DISTINCT h.disbursement_id) FILTER (WHERE h.disbursement_id <> p_id) AS records,
      (array_agg(h.line_id ORDER BY h.disbursement_id = p_id DESC, l.no))[1:6] AS some,
      count(*) AS lines, count(DISTINCT h.who) AS holders,
      count(DISTINCT coalesce(l.identity_id::text, encode(h.who, 'hex'))) AS people,
      count(DISTINCT l.identity_id) AS identities, count(*) FILTER (WHERE l.identity_id IS NULL) AS numberless,
      -- what tells two of one name apart
      CASE WHEN h.kind = 'NAME' THEN count(DISTINCT t.phone) > 1 OR count(DISTINCT t.account) > 1 END AS apart
    FROM held h
    -- OFFSET 0: line by line, by its key, and not all there are beside one another
    CROSS JOIN LATERAL (SELECT y.no, y.identity_id FROM roster_lines y WHERE y.id = h.line_id OFFSET 0) AS l
    LEFT JOIN LATERAL (
      SELECT max(encode(x.digest, 'hex')) FILTER (WHERE x.kind = 'PHONE') AS phone,
        max(encode(x.digest, 'hex')) FILTER (WHERE x.kind = 'ACCOUNT') AS account
      FROM roster_marks x WHERE h.kind = 'NAME' AND x.line_id = h.line_id AND x.kind IN ('PHONE', 'ACCOUNT')
        AND x.index_key_id = h.index_key_id) AS t ON true
    GROUP BY 1, 2
  )
  SELECT DISTINCT CASE f.kind WHEN 'ACCOUNT' THEN 'account' WHEN 'PHONE' THEN 'phone' ELSE 'name' END, f.nos,
    coalesce(f.records, '{}')
  FROM found f
  WHERE CASE f.kind
      WHEN 'ACCOUNT' THEN f.holders > 1
      WHEN 'PHONE' THEN f.people > 2
      -- a programme that comes as often as it must names one person as often as it must
      ELSE cardinality(p_periods) > 0 AND f.lines <= guard.most_under_a_mark() AND CASE f.kind
        -- fewer places than people: two were registered in one. Else it takes a name that few bear, as one of them has it
        WHEN 'BORN' THEN f.identities > 1 AND CASE WHEN f.holders < f.identities THEN true
          ELSE NOT (SELECT bool_and(guard.is_name_of_many(s)) FROM unnest(f.some) AS s) END
        WHEN 'BESIDE' THEN f.lines > 1 AND f.numberless > 0
        ELSE f.lines > 1 AND f.numberless > 0 AND NOT f.apart END END
  UNION ALL
  SELECT 'household', x.nos, x.records FROM (
    SELECT p.household_id, array_agg(DISTINCT l.no ORDER BY l.no) AS nos,
      (SELECT coalesce(array_agg(DISTINCT d.id), '{}') FROM household_people q
        JOIN aid_claims c ON c.identity_id = q.identity_id AND c.programme_id = p_programme_id
          AND c.period_key = ANY (p_periods) AND c.case_id <> p_case
        JOIN disbursements d ON d.id = c.case_id
        WHERE q.household_id = p.household_id AND q.identity_id <> ALL (array_agg(l.identity_id))
          AND EXISTS (SELECT FROM organisation_closure k WHERE k.descendant_id = d.organisation_id AND k.ancestor_id = ANY (p_homes))) AS records,
      count(DISTINCT l.identity_id) AS people
    FROM (SELECT y.no, y.identity_id FROM roster_lines y WHERE y.disbursement_id = p_id AND y.identity_id IS NOT NULL OFFSET 0) AS l
    CROSS JOIN LATERAL (SELECT y.household_id FROM household_people y WHERE y.identity_id = l.identity_id OFFSET 0) AS p
    JOIN households h ON h.id = p.household_id AND h.status <> 'CLOSED'
    WHERE cardinality(p_periods) > 0
      AND EXISTS (SELECT FROM organisation_closure k WHERE k.descendant_id = h.organisation_id AND k.ancestor_id = ANY (p_homes))
    GROUP BY p.household_id) AS x
  WHERE x.people > 1 OR cardinality(x.records) > 0;
END $$;

/* The same as the findings say it: what is within the roster, and what is against the ledger, each with so many groups of
   lines and no more. */
CREATE FUNCTION guard.roster_alike_said(p_id bigint, p_case bigint, p_programme_id int, p_periods text[], p_homes int[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT coalesce(json_agg(json_build_object('of', s.what, 'where', s.place, 'count', s.groups,
        'lines', s.lines, 'references', s.refs) ORDER BY s.what, s.place DESC), '[]')
    FROM (
      SELECT g.what, g.place, count(*)::int AS groups,
        to_json((array_agg(g.said ORDER BY g.nos))[1:guard.most_lines_named()]) AS lines,
        to_json(ARRAY(SELECT DISTINCT guard.reference_of(r) FROM unnest(array_agg(g.first_record)) AS r WHERE r IS NOT NULL ORDER BY 1 LIMIT 3)) AS refs
      FROM (
        SELECT a.what, a.nos, CASE WHEN cardinality(a.records) > 0 THEN 'ledger' ELSE 'roster' END AS place,
          array_to_string(a.nos[1:6], '/') || CASE WHEN cardinality(a.nos) > 6 THEN '/…' ELSE '' END AS said,
          a.records[1] AS first_record
        FROM guard.roster_alike(p_id, p_case, p_programme_id, p_periods, p_homes) AS a) AS g
      GROUP BY 1, 2) AS s);
END $$;

-- A new index key: what lines are compared by is made anew from the lines, since a digest says nothing.

/* Lines that have no mark under the newest key. */
CREATE FUNCTION guard.to_mark(p_key_id text, p_after uuid, p_limit int) RETURNS TABLE (id uuid, content jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM guard.require_rotation();
  RETURN QUERY SELECT l.id, to_jsonb(l) FROM roster_lines l
  WHERE l.id > p_after AND l.forgotten_at IS NULL AND NOT EXISTS (SELECT FROM roster_marks m WHERE m.line_id = l.id AND m.index_key_id = p_key_id)
  ORDER BY l.id LIMIT p_limit;
END $$;

/* Answers how many lines were marked. Those that were replaced meanwhile have their marks, or wait for the next run. */
CREATE FUNCTION guard.mark_anew(p_marks jsonb) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  WITH there AS (
    SELECT l.id, l.disbursement_id FROM roster_lines l
    WHERE l.id IN (SELECT m.line FROM jsonb_to_recordset(p_marks) AS m (line uuid)) ORDER BY l.id FOR KEY SHARE
  ), made AS (
    INSERT INTO roster_marks (line_id, disbursement_id, kind, digest, who, index_key_id)
    SELECT t.id, t.disbursement_id, m.kind, decode(m.digest, 'hex'), decode(m.who, 'hex'), m.key
    FROM jsonb_to_recordset(p_marks) AS m (line uuid, kind text, digest text, who text, key text) JOIN there t ON t.id = m.line
    ON CONFLICT DO NOTHING RETURNING line_id)
  SELECT count(DISTINCT line_id) INTO v_done FROM made;
  RETURN v_done;
END $$;

/* Marks of older keys go where the newest has marked the line. */
CREATE FUNCTION guard.forget_marks(p_key_id text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_done int;
BEGIN
  PERFORM guard.require_rotation();
  DELETE FROM roster_marks m WHERE m.index_key_id <> p_key_id
    AND EXISTS (SELECT FROM roster_marks n WHERE n.line_id = m.line_id AND n.index_key_id = p_key_id);
  GET DIAGNOSTICS v_done = ROW_COUNT;
  RETURN v_done;
END $$;

GRANT EXECUTE ON FUNCTION guard.mark_lines(bigint, jsonb), guard.to_mark(text, uuid, int), guard.mark_anew(jsonb),
  guard.forget_marks(text) TO nuanzhang_app;
