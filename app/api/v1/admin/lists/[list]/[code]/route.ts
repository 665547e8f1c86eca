import { updateListItem } from "@/lib/features/catalogue/commands";
import { updateListItemContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateListItemContract, updateListItem);
