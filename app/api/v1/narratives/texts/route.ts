import { saveText } from "@/lib/features/narrative-texts/commands";
import { listTexts } from "@/lib/features/narrative-texts/queries";
import { listTextsContract, saveTextContract } from "@/lib/features/narrative-texts/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listTextsContract, async ({ db, scope, query }) => ({
  items: await listTexts({ db, scope, ...query }),
}));

export const POST = defineRoute(saveTextContract, saveText);
