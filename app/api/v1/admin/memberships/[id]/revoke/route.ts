import { revokeMembership } from "@/lib/features/admin/commands";
import { revokeMembershipContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(revokeMembershipContract, revokeMembership);
