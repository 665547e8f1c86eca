import { importHouseholds } from "@/lib/features/household-lists/commands";
import { importHouseholdsContract } from "@/lib/features/household-lists/schema";
import { fileHouseholds } from "@/lib/features/households/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(importHouseholdsContract, ({ tx, db, scope, actor, now, body }) =>
  importHouseholds({ tx, db, scope, actor, now, input: body, file: fileHouseholds }),
);
