import { updateExpectation } from "@/lib/features/calendar/commands";
import { updateExpectationContract } from "@/lib/features/calendar/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateExpectationContract, updateExpectation);
