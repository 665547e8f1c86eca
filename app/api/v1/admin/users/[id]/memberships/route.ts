import { grantMembership } from "@/lib/features/admin/commands";
import { grantMembershipContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(grantMembershipContract, grantMembership);
