import { createAdminRequest } from "@/lib/features/admin-requests/commands";
import { listAdminRequests } from "@/lib/features/admin-requests/queries";
import {
  createAdminRequestContract,
  listAdminRequestsContract,
} from "@/lib/features/admin-requests/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAdminRequestsContract, listAdminRequests);
export const POST = defineRoute(createAdminRequestContract, createAdminRequest);
