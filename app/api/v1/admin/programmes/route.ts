import { listAdminProgrammes } from "@/lib/features/admin/queries";
import { listAdminProgrammesContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAdminProgrammesContract, listAdminProgrammes);
