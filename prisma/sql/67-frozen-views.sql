-- Frozen views: what the figures of a saved view of the dashboard or the cross table were at a position of the chain.
-- The stamp is readable by whoever may open the view; the figures, which are of everything below one place, by those
-- of them who may read that whole place now. Whoever may read less asks for the figures of that position anew, within
-- what is theirs. Neither is ever changed; a view frozen again has one more.

CREATE FUNCTION guard.most_frozen_views() RETURNS int LANGUAGE sql IMMUTABLE
RETURN 50;
GRANT EXECUTE ON FUNCTION guard.most_frozen_views() TO nuanzhang_app;

CREATE FUNCTION guard.before_frozen_view() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW."by" := guard.require_session();
  NEW.frozen_at := clock_timestamp();
  -- one after another, so that the versions have no gaps
  PERFORM FROM saved_views v WHERE v.id = NEW.view_id AND v.owner_id = NEW."by" AND v.removed_at IS NULL
    AND v.page IN ('DASHBOARD', 'CROSS') FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a view is frozen by its owner, and one of figures alone' USING ERRCODE = '42501';
  ELSIF NOT guard.reads(NEW.place_id) THEN
    RAISE EXCEPTION 'nobody freezes figures of a place they do not read' USING ERRCODE = '42501';
  END IF;
  SELECT coalesce(max(f.no), 0) + 1 INTO NEW.no FROM frozen_views f WHERE f.view_id = NEW.view_id;
  IF NEW.no > guard.most_frozen_views() THEN
    RAISE EXCEPTION 'no more versions of this view' USING ERRCODE = 'NZ011';
  END IF;
  -- a position between two entries of one transaction is none, and one to come neither
  SELECT p.root_id, p.at INTO NEW.root_id, NEW.at FROM guard.position_at(NULL, NEW.seq) p WHERE p.seq = NEW.seq;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% is no position of this chain', NEW.seq USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_frozen_view BEFORE INSERT ON frozen_views FOR EACH ROW EXECUTE FUNCTION guard.before_frozen_view();

/* The figures tell of the very position, place, conditions and rules that the stamp names. */
CREATE FUNCTION guard.before_frozen_figures() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM frozen_views f JOIN organisations o ON o.id = f.place_id
  WHERE f.id = NEW.frozen_id AND f."by" = guard.require_session() AND f.xmin = pg_current_xact_id_if_assigned()::xid
    AND NEW.payload::jsonb @> jsonb_build_object('seq', f.seq, 'definition', f.definition, 'place', o.code, 'query', f.query);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'these figures are of another stamp' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER before_frozen_figures BEFORE INSERT ON frozen_figures
  FOR EACH ROW EXECUTE FUNCTION guard.before_frozen_figures();

CREATE FUNCTION guard.after_frozen_view() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM frozen_figures x WHERE x.frozen_id = NEW.id) THEN
    RAISE EXCEPTION 'version % of view % keeps no figures', NEW.no, NEW.view_id USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keeps_figures AFTER INSERT ON frozen_views DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.after_frozen_view();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON frozen_views FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON frozen_figures FOR EACH ROW EXECUTE FUNCTION guard.forbid_change();
CREATE CONSTRAINT TRIGGER audited AFTER INSERT ON frozen_views DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION guard.require_audit('frozen-view', 'id');

GRANT SELECT ON frozen_views, frozen_figures TO nuanzhang_app;
GRANT INSERT (view_id, place_id, query, seq, definition) ON frozen_views TO nuanzhang_app;
GRANT INSERT (frozen_id, payload, sha256) ON frozen_figures TO nuanzhang_app;

-- Of a removed view nothing is shown any more. What saved_views shows to whom is decided there.
CREATE POLICY with_the_view ON frozen_views FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM saved_views v WHERE v.id = frozen_views.view_id AND v.removed_at IS NULL));
CREATE POLICY owner_freezes ON frozen_views FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM saved_views v
    WHERE v.id = frozen_views.view_id AND v.owner_id = (SELECT guard.session_user_id()) AND v.removed_at IS NULL));
CREATE POLICY whole_place ON frozen_figures FOR SELECT TO nuanzhang_app
  USING (EXISTS (SELECT FROM frozen_views f
    JOIN organisation_closure c ON c.descendant_id = f.place_id AND c.ancestor_id = ANY ((SELECT guard.reading_homes())::int[])
    WHERE f.id = frozen_figures.frozen_id));
CREATE POLICY owner_freezes ON frozen_figures FOR INSERT TO nuanzhang_app
  WITH CHECK (EXISTS (SELECT FROM frozen_views f
    WHERE f.id = frozen_figures.frozen_id AND f."by" = (SELECT guard.session_user_id())));
