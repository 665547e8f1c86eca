import { commitImport } from "@/lib/features/imports/commands";
import { commitImportContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(commitImportContract, ({ params, body, ...context }) =>
  commitImport({ ...context, id: params.id, goodRowsOnly: body.goodRowsOnly }),
);
