import type { FigureFilter } from "@/lib/features/filter/types";
import type { Project, ProjectsView } from "./types";

/** One spelling of an address: the page's own links and its scope bar say the same. */
export function projectsHref(
  filter: Partial<ProjectsView["filter"]>,
  extra: Record<string, string> = {},
): string {
  const { year, org, fundSource, status } = filter;
  const query = new URLSearchParams();
  const said = { year: year?.toString(), org, fundSource, status: status?.join(",") };
  for (const [name, value] of Object.entries({ ...said, ...extra }))
    if (value) query.set(name, value);
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "/projects" : `/projects?${text}`;
}

type Spends = Pick<Project, "organisation" | "fiscalYear" | "fundSource" | "programmes">;

/** What a project's spending is, as a figure says it: opened, it has these vouchers. */
export const spendingOf = ({
  organisation,
  fiscalYear,
  fundSource,
  programmes,
}: Spends): FigureFilter => ({
  year: fiscalYear,
  organisation,
  fundSource: [fundSource],
  ...(programmes.length > 0 ? { programme: programmes } : {}),
});
