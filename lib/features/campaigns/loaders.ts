import "server-only";
import { readPlaces } from "@/lib/features/filter/queries";
import { queryFigures } from "@/lib/features/figures/queries";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { campaignTable } from "./present";
import type { CampaignsView } from "./types";

/**
 * Every campaign that serves the place, of the programmes asked for, with what it came to. A contributory programme's campaigns stand here
 * where it is named, as its figures do.
 */
export async function loadCampaignFigures(searchParams: SearchParams): Promise<CampaignsView> {
  const schema = figureFilterSchema.pick({ org: true, programme: true });
  const { query, ignored } = readSearch(schema, searchParams);
  const current = yearOf(civilDateInChina(new Date()));
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked: query, current });
    const { reference, places, root } = start;
    const { programme } = start.asked;
    const filter = { org: root.code, ...(programme ? { programme } : {}) };
    const shown = new Set(
      programme ??
        reference.programmes.filter(({ contributory }) => !contributory).map(({ code }) => code),
    );
    const answer = await queryFigures({ db, scope, filter, groupBy: ["campaign", "year"] });
    const serving = new Set(
      reference.organisations
        .filter(({ path }) => root.path.startsWith(path) || path.startsWith(root.path))
        .map(({ code }) => code),
    );
    const named = new Set(answer.rows.map(({ campaign }) => campaign));
    const campaigns = reference.campaigns.filter(
      ({ code, organisation, programme: of }) =>
        named.has(code) || (shown.has(of) && serving.has(organisation)),
    );
    return {
      reference,
      places,
      root,
      filter,
      ignored: [...ignored, ...start.unknown],
      table: campaignTable(answer.rows, campaigns, filter),
      leftOut: answer.leftOut,
      asOf: answer.asOf,
    };
  });
}
