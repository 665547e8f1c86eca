import { undoImport } from "@/lib/features/imports/commands";
import { undoImportContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(undoImportContract, ({ params, ...context }) =>
  undoImport({ ...context, id: params.id }),
);
