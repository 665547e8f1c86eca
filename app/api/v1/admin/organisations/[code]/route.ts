import { updateOrganisation } from "@/lib/features/admin/commands";
import { updateOrganisationContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateOrganisationContract, updateOrganisation);
