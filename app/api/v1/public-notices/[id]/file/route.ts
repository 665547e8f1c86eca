import { getNoticeFile } from "@/lib/features/papers/queries";
import { noticeFileContract } from "@/lib/features/papers/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(
  noticeFileContract,
  async ({ db, scope, actor, now, locale, params, query }) =>
    fileAnswer(await getNoticeFile({ db, scope, actor, now, locale, ...params, ...query })),
);
