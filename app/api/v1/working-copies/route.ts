import { listWorkingCopies } from "@/lib/features/working-copies/queries";
import { listWorkingCopiesContract } from "@/lib/features/working-copies/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listWorkingCopiesContract, async ({ db, actor }) => ({
  items: await listWorkingCopies({ db, actor }),
}));
