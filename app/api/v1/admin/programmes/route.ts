import { createProgramme } from "@/lib/features/admin/commands";
import { listAdminProgrammes } from "@/lib/features/admin/queries";
import { createProgrammeContract, listAdminProgrammesContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAdminProgrammesContract, listAdminProgrammes);
export const POST = defineRoute(createProgrammeContract, createProgramme);
