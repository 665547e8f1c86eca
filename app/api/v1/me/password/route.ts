import { changeOwnPassword, prepareOwnPassword } from "@/lib/features/session/commands";
import { changePasswordContract } from "@/lib/features/session/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(changePasswordContract, prepareOwnPassword, changeOwnPassword);
