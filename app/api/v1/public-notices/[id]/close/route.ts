import { closeNoticeAs } from "@/lib/features/papers/commands";
import { closeNoticeContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  closeNoticeContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    closeNoticeAs({ tx, db, scope, actor, now, id: params.id, input: body }),
);
