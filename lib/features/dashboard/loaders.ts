import "server-only";
import type { DashboardView } from "@/lib/features/figures/present";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { getDashboard } from "./queries";
import { dashboardFilterSchema } from "./schema";

/** One snapshot for the whole page: its charts, tables and sentences cannot contradict each other. */
export async function loadDashboard(searchParams: SearchParams): Promise<DashboardView> {
  const { query: asked, ignored } = readSearch(dashboardFilterSchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const view = await getDashboard({ db, scope, actor, asked, today });
    return { ...view, ignored: [...ignored, ...view.ignored] };
  });
}
