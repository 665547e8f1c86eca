import { ledgerExportContract } from "@/lib/features/files/schema";
import { getLedgerFile } from "@/lib/features/files/queries";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(ledgerExportContract, async (input) =>
  fileAnswer(await getLedgerFile(input)),
);
