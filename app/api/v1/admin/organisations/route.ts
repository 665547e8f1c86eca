import { createOrganisation } from "@/lib/features/admin/commands";
import { listAdminOrganisations } from "@/lib/features/admin/queries";
import {
  createOrganisationContract,
  listAdminOrganisationsContract,
} from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAdminOrganisationsContract, listAdminOrganisations);
export const POST = defineRoute(createOrganisationContract, createOrganisation);
