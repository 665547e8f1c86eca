import { updateUser } from "@/lib/features/admin/commands";
import { updateUserContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateUserContract, updateUser);
