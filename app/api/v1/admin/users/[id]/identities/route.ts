import { linkIdentity } from "@/lib/features/admin/commands";
import { linkIdentityContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(linkIdentityContract, linkIdentity);
