import { listFailedSignIns } from "@/lib/features/admin/queries";
import { listFailedSignInsContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listFailedSignInsContract, listFailedSignIns);
