import { getPersonalData } from "@/lib/features/retention/queries";
import { getPersonalDataContract } from "@/lib/features/retention/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getPersonalDataContract, getPersonalData);
