import { getSheetsArchive } from "@/lib/features/papers/queries";
import { sheetsArchiveContract } from "@/lib/features/papers/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(
  sheetsArchiveContract,
  async ({ db, scope, actor, now, locale, query }) =>
    fileAnswer(await getSheetsArchive({ db, scope, actor, now, locale, ...query })),
);
