import { getImportProgress } from "@/lib/features/imports/queries";
import { importProgressContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(importProgressContract, ({ params, ...context }) =>
  getImportProgress({ ...context, id: params.id }),
);
