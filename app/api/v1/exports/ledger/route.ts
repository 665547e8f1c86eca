import { ledgerExportContract } from "@/lib/features/exports/schema";
import { getLedgerFile } from "@/lib/features/workbooks/queries";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(ledgerExportContract, async (input) =>
  fileAnswer(await getLedgerFile(input)),
);
