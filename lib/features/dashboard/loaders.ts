import "server-only";
import type { DashboardView } from "@/lib/features/figures/present";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { env } from "@/lib/platform/env";
import { readPage } from "@/lib/platform/session";
import { getDashboard } from "./queries";
import { dashboardAddressSchema } from "./schema";

/** One snapshot for the whole page: its charts, tables and sentences cannot contradict each other. */
export async function loadDashboard(searchParams: SearchParams): Promise<DashboardView> {
  const { query, ignored } = readSearch(dashboardAddressSchema, searchParams);
  const { map, classes, steps, ...asked } = query;
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const view = await getDashboard({ db, scope, actor, asked, today });
    return {
      ...view,
      look: { map, classes, steps },
      mapReview: env().MAP_REVIEW_NUMBER,
      ignored: [...ignored, ...view.ignored],
    };
  });
}
