import { exportAuditContract } from "@/lib/features/audit/schema";
import { getAuditFile } from "@/lib/features/audit/queries";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(exportAuditContract, async (input) =>
  fileAnswer(await getAuditFile(input)),
);
