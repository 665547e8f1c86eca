import { listAuditEntries } from "@/lib/features/audit/queries";
import { listAuditContract } from "@/lib/features/audit/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAuditContract, listAuditEntries);
