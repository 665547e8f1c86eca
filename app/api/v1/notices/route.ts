import { listNotices } from "@/lib/features/notices/queries";
import { listNoticesContract } from "@/lib/features/notices/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listNoticesContract, ({ db, scope, actor, now }) =>
  listNotices({ db, scope, actor, now }),
);
