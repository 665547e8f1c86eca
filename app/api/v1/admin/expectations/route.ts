import { createExpectation } from "@/lib/features/calendar/commands";
import { listExpectations } from "@/lib/features/calendar/queries";
import {
  createExpectationContract,
  listExpectationsContract,
} from "@/lib/features/calendar/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listExpectationsContract, async ({ db, actor }) => ({
  items: await listExpectations({ db, actor }),
}));
export const POST = defineRoute(createExpectationContract, createExpectation);
