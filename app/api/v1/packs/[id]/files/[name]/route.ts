import { getPackFile } from "@/lib/features/packs/queries";
import { downloadPackFileContract } from "@/lib/features/packs/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(downloadPackFileContract, async ({ db, scope, actor, params }) =>
  fileAnswer(await getPackFile({ db, scope, actor, ...params })),
);
