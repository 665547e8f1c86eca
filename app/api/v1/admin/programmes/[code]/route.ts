import { updateProgramme } from "@/lib/features/admin/commands";
import { updateProgrammeContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateProgrammeContract, updateProgramme);
