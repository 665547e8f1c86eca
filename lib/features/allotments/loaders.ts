import "server-only";
import { reaches } from "@/lib/kernel/scope";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { onePlace } from "@/lib/features/filter/address";
import { readPlaces } from "@/lib/features/filter/queries";
import { queryBalance } from "@/lib/features/figures/queries";
import { withNamed } from "@/lib/features/reference/queries";
import { hasRole } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readPage } from "@/lib/platform/session";
import { listAllotments, namedProject } from "./queries";
import { allotmentsQuerySchema } from "./schema";
import type { AllotmentsView } from "./types";

/** 到位, 支出 and 结余 of one year, and the allotments 到位 is made of, in one snapshot. */
export async function loadAllotments(searchParams: SearchParams): Promise<AllotmentsView> {
  const { query, ignored } = readSearch(allotmentsQuerySchema, searchParams);
  const { year: askedYear, organisation, prefecture, fundSource, project, cursor, limit } = query;
  const current = yearOf(civilDateInChina(new Date()));
  return readPage(async ({ db, scope, actor }) => {
    const asked = {
      year: askedYear,
      org: query.org ?? organisation ?? prefecture,
      organisation,
      prefecture,
      fundSource: fundSource === undefined ? undefined : [fundSource],
    };
    const start = await readPlaces({ db, scope, actor, asked, current });
    const { reference, root, filter } = start;
    const { year, org } = filter;
    const own = {
      organisation: onePlace({ organisation: filter.organisation }) ?? undefined,
      prefecture: onePlace({ prefecture: filter.prefecture }) ?? undefined,
    };
    const source = filter.fundSource?.[0];
    const open = reference.years.some((one) => one.year === year && one.status === "open");
    const page = await listAllotments({
      db,
      scope,
      actor,
      filter: { year, org, ...own, fundSource: source, project, cursor, limit },
    });
    const balance = await queryBalance({
      db,
      scope,
      filter: { year, org },
      groupBy: root.kind === "PROVINCE" ? "prefecture" : "organisation",
    });
    const named = [
      ...page.items.flatMap(({ organisation, transfer }) => [organisation, transfer?.organisation]),
      ...balance.rows.map((row) => row.organisation ?? row.prefecture),
    ];
    const all = await withNamed({ db }, reference, named);
    return {
      reference: all,
      places: all.organisations.filter(({ path }) => reaches(scope, path)),
      root,
      filter: { year, org },
      own,
      fundSource: source,
      project: project === undefined ? undefined : await namedProject({ db, scope, id: project }),
      cursor,
      ignored: [...ignored, ...start.unknown],
      page,
      balance,
      canAdd: open && hasRole(actor, ["PROVINCE"]),
    };
  });
}
