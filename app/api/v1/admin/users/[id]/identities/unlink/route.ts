import { unlinkIdentity } from "@/lib/features/admin/commands";
import { unlinkIdentityContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(unlinkIdentityContract, unlinkIdentity);
