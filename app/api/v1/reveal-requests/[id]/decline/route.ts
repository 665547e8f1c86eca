import { declineReveal } from "@/lib/features/reveals/commands";
import { declineRevealContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(declineRevealContract, ({ tx, db, scope, actor, params }) =>
  declineReveal({ tx, db, scope, actor, ...params }),
);
