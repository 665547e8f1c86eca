import "server-only";
import { readPlaces } from "@/lib/features/filter/queries";
import { withNamed } from "@/lib/features/reference/queries";
import { hasRole, holdsRole } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { reaches } from "@/lib/kernel/scope";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { listProjects } from "./queries";
import { projectsQuerySchema } from "./schema";
import type { ProjectsView } from "./types";

/** The projects of a year, with what each received and spent, in one snapshot. */
export async function loadProjects(searchParams: SearchParams): Promise<ProjectsView> {
  const { query, ignored } = readSearch(projectsQuerySchema, searchParams);
  const { status, cursor, limit } = query;
  const current = yearOf(civilDateInChina(new Date()));
  return readPage(async ({ db, scope, actor }) => {
    const asked = {
      year: query.year,
      org: query.org ?? query.organisation,
      fundSource: query.fundSource === undefined ? undefined : [query.fundSource],
    };
    const start = await readPlaces({ db, scope, actor, asked, current });
    const { root, filter } = start;
    const { year, org } = filter;
    const fundSource = filter.fundSource?.[0];
    const page = await listProjects({
      ...{ db, scope, actor },
      filter: { year, org, fundSource, status, cursor, limit },
    });
    const named = page.items.map(({ organisation }) => organisation);
    const reference = await withNamed({ db }, start.reference, named);
    const places = reference.organisations.filter(({ path }) => reaches(scope, path));
    return {
      ...{ reference, places, root, cursor, page },
      filter: { year, org, fundSource, status },
      ignored: [...ignored, ...start.unknown],
      declarable: places.filter(({ path, active }) => active && holdsRole(actor, ["CLERK"], path)),
      canReceive: hasRole(actor, ["PROVINCE"]),
    };
  });
}
