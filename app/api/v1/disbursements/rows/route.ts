import { copyRows } from "@/lib/features/rows/queries";
import { copyRowsContract } from "@/lib/features/rows/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(copyRowsContract, ({ db, scope, actor, locale, now, query }) =>
  copyRows({ db, scope, actor, locale, now, query }),
);
