import { createListItem } from "@/lib/features/catalogue/commands";
import { listItems } from "@/lib/features/catalogue/queries";
import { createListItemContract, listItemsContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listItemsContract, async ({ db, actor, params }) => ({
  items: await listItems({ db, actor, list: params.list }),
}));
export const POST = defineRoute(createListItemContract, createListItem);
