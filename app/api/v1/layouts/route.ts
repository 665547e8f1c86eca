import { createLayout } from "@/lib/features/layouts/commands";
import { listLayouts } from "@/lib/features/layouts/queries";
import { createLayoutContract, listLayoutsContract } from "@/lib/features/layouts/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listLayoutsContract, async (input) => ({
  items: await listLayouts(input),
}));

export const POST = defineRoute(createLayoutContract, createLayout);
