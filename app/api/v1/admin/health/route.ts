import { getHealth } from "@/lib/features/health/queries";
import { healthContract } from "@/lib/features/health/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(healthContract, getHealth);
