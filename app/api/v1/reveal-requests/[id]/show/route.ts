import { showGranted } from "@/lib/features/reveals/commands";
import { showGrantedContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(showGrantedContract, ({ tx, db, scope, actor, params }) =>
  showGranted({ tx, db, scope, actor, ...params }),
);
