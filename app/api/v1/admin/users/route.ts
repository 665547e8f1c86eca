import { createUser, prepareOncePassword } from "@/lib/features/admin/commands";
import { listUsers } from "@/lib/features/admin/queries";
import { createUserContract, listUsersContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listUsersContract, listUsers);
export const POST = defineRoute(createUserContract, prepareOncePassword, createUser);
