import { confirmAdminRequest } from "@/lib/features/admin-requests/commands";
import { confirmAdminRequestContract } from "@/lib/features/admin-requests/schema";
import { prepareOncePassword } from "@/lib/features/admin/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  confirmAdminRequestContract,
  prepareOncePassword,
  confirmAdminRequest,
);
