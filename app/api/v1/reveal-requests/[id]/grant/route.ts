import { grantReveal } from "@/lib/features/reveals/commands";
import { grantRevealContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(grantRevealContract, ({ tx, db, scope, actor, params }) =>
  grantReveal({ tx, db, scope, actor, ...params }),
);
