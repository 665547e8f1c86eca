import { declineAdminRequest } from "@/lib/features/admin-requests/commands";
import { declineAdminRequestContract } from "@/lib/features/admin-requests/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(declineAdminRequestContract, declineAdminRequest);
