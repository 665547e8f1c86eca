import { updateMap } from "@/lib/features/export-maps/commands";
import { updateMapContract } from "@/lib/features/export-maps/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateMapContract, updateMap);
