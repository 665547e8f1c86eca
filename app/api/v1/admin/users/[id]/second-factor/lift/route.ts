import { liftFactor } from "@/lib/features/admin/commands";
import { liftFactorContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(liftFactorContract, liftFactor);
