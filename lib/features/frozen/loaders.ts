import "server-only";
import { listViews } from "@/lib/features/views/queries";
import { openedView, withoutOwnPlace } from "@/lib/features/views/rules";
import { pageQuery } from "@/lib/features/views/schema";
import type { FigurePage } from "@/lib/features/views/types";
import type { Actor } from "@/lib/kernel/actor";
import type { SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { findFrozen } from "./queries";
import type { PageViews } from "./types";

/** The one place that somebody reads from; undefined where there are several. */
function onlyHome({ memberships }: Actor): string | undefined {
  const codes = new Set(memberships.filter(({ role }) => role !== "ADMIN").map(({ code }) => code));
  const [only, ...others] = codes;
  return others.length === 0 ? only : undefined;
}

const one = (value: SearchParams[string]): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const VIEW = /^[1-9]\d{0,17}$/;
const VERSION = /^[1-9]\d{0,4}$/;

/** The views of a page of figures, which of them is open, and what was frozen of it: out of one snapshot. */
export function loadPageViews(page: FigurePage, search: SearchParams): Promise<PageViews> {
  const { view: asked, frozen: version, ...rest } = search;
  const conditions = Object.entries(rest).flatMap(([name, value]) => {
    const text = Array.isArray(value) ? value.join(",") : value;
    return text ? [[name, text] as const] : [];
  });
  const id = one(asked);
  const no = one(version);
  return readPage(async (reader) => {
    const views = await listViews({ ...reader, page });
    const said = pageQuery(page, new URLSearchParams([...conditions.map((pair) => [...pair])]).toString()) ?? ""; // prettier-ignore
    const query = withoutOwnPlace(said, onlyHome(reader.actor));
    const opened =
      id !== undefined && VIEW.test(id) ? { id, ...openedView(views, id, query) } : null;
    const frozen = opened?.view
      ? await findFrozen({
          ...reader,
          view: opened.view,
          no: no !== undefined && VERSION.test(no) ? Number(no) : undefined,
        })
      : null;
    return { page, views, actor: reader.actor, query, opened, frozen };
  });
}
