import { requestReveal } from "@/lib/features/reveals/commands";
import { requestRevealContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(requestRevealContract, ({ tx, db, scope, actor, params, body }) =>
  requestReveal({ tx, db, scope, actor, id: params.id, input: body }),
);
