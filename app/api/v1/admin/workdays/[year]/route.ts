import { putWorkdays } from "@/lib/features/workdays/commands";
import { putWorkdaysContract } from "@/lib/features/workdays/schema";
import { defineRoute } from "@/lib/platform/route";

export const PUT = defineRoute(putWorkdaysContract, putWorkdays);
