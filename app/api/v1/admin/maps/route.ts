import { createMap } from "@/lib/features/export-maps/commands";
import { listMaps } from "@/lib/features/export-maps/queries";
import { createMapContract, listMapsContract } from "@/lib/features/export-maps/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listMapsContract, async ({ db }) => ({ items: await listMaps(db) }));
export const POST = defineRoute(createMapContract, createMap);
