import { createImport, receiveUpload } from "@/lib/features/imports/commands";
import { listImports } from "@/lib/features/imports/queries";
import { createImportContract, listImportsContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listImportsContract, listImports);

export const POST = defineRoute(
  createImportContract,
  async ({ actor, body }) => ({ upload: await receiveUpload(actor, body) }),
  createImport,
);
