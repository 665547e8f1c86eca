import { getImport } from "@/lib/features/imports/queries";
import { getImportContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getImportContract, ({ params, ...input }) =>
  getImport({ ...input, id: params.id }),
);
