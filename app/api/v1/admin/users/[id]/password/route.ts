import { prepareOncePassword, resetPassword } from "@/lib/features/admin/commands";
import { resetPasswordContract } from "@/lib/features/admin/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(resetPasswordContract, prepareOncePassword, resetPassword);
