import { mapImport } from "@/lib/features/imports/commands";
import { mapImportContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const PUT = defineRoute(mapImportContract, ({ params, body, ...context }) =>
  mapImport({ ...context, id: params.id, input: body }),
);
