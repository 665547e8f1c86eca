-- Papers of a household file (docs/decisions/0042): files of evidence that lie beside a household instead of a record. How
-- they are kept, removed and looked for at night is in 56-evidence; here is who puts them there and who opens them.

/* May the session open papers of this file: who keeps it, as it was typed; whoever sees it masked, for a minute after a
   reveal that asked for them. */
CREATE FUNCTION guard.opens_papers(p_household_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM households h WHERE h.id = p_household_id AND h.limited_at IS NULL AND h.forgotten_at IS NULL
    AND (h.status <> 'CLOSED' AND guard.works_for(h.organisation_id, '{CLERK}')
      OR guard.works_for(h.organisation_id, '{CLERK,REVIEWER}') AND EXISTS (SELECT FROM household_reveals r
        WHERE r.user_id = guard.session_user_id() AND r.household_id = h.id AND 'papers' = ANY (r.fields)
          AND r.at > clock_timestamp() - interval '1 minute')));
END $$;

/* A paper of a household file: while the file is written. A signed authorisation is of a consent that stands there. */
CREATE FUNCTION guard.number_paper(INOUT p attachments) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p.household_id::text, 0));
  PERFORM FROM households h
  WHERE h.id = p.household_id AND h.status <> 'CLOSED' AND h.forgotten_at IS NULL AND h.limited_at IS NULL FOR SHARE;
  IF NOT FOUND OR p.removed_at IS NOT NULL OR p.forgotten_at IS NOT NULL OR p.added_by <> guard.require_session() THEN
    RAISE EXCEPTION 'nothing is added to this file' USING ERRCODE = 'NZ004';
  ELSIF p.event_no IS NOT NULL AND NOT EXISTS (SELECT FROM household_events e
      WHERE e.household_id = p.household_id AND e.no = p.event_no AND e.kind = 'CONSENT') THEN
    RAISE EXCEPTION 'no consent % in this file', p.event_no USING ERRCODE = 'NZ004';
  ELSIF guard.most_attachments() <= (
    SELECT count(*) FROM attachments a WHERE a.household_id = p.household_id AND a.removed_at IS NULL) THEN
    RAISE EXCEPTION 'file % has as many papers as it may', p.household_id USING ERRCODE = 'NZ004';
  END IF;
  p.no := 1 + coalesce((SELECT max(a.no) FROM attachments a WHERE a.household_id = p.household_id), 0);
END $$;

CREATE POLICY workers_read ON attachments FOR SELECT TO nuanzhang_app
  USING (household_id IS NOT NULL AND EXISTS (SELECT FROM organisation_closure c WHERE c.descendant_id = attachments.organisation_id
    AND c.ancestor_id = ANY ((SELECT guard.homes('{CLERK,REVIEWER}'))::int[])) AND NOT guard.is_limited(household_id));
-- a key opens for whoever keeps the file, and for a minute to whoever asked to see its papers
CREATE POLICY openers_read ON file_keys FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM attachments a WHERE a.id = file_keys.id AND a.household_id IS NOT NULL AND guard.opens_papers(a.household_id)));
GRANT EXECUTE ON FUNCTION guard.opens_papers(uuid) TO nuanzhang_app;
