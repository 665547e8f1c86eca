import { getSheetFile } from "@/lib/features/papers/queries";
import { sheetFileContract } from "@/lib/features/papers/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(
  sheetFileContract,
  async ({ db, scope, actor, now, locale, params, query }) =>
    fileAnswer(await getSheetFile({ db, scope, actor, now, locale, ...params, ...query })),
);
