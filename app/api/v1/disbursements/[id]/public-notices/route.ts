import { postNotice } from "@/lib/features/papers/commands";
import { postNoticeContract } from "@/lib/features/papers/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(postNoticeContract, ({ tx, db, scope, actor, now, params, body }) =>
  postNotice({ tx, db, scope, actor, now, id: params.id, input: body }),
);
