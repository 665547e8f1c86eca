import { listWorkdays } from "@/lib/features/workdays/queries";
import { listWorkdaysContract } from "@/lib/features/workdays/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listWorkdaysContract, async ({ db }) => ({
  items: await listWorkdays(db),
}));
