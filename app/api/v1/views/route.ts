import { createView } from "@/lib/features/views/commands";
import { listViews } from "@/lib/features/views/queries";
import { createViewContract, listViewsContract } from "@/lib/features/views/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listViewsContract, async ({ db, scope, actor, query }) => ({
  items: await listViews({ db, scope, actor, page: query.page }),
}));

export const POST = defineRoute(createViewContract, createView);
