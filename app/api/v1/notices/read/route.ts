import { readNotices } from "@/lib/features/notices/commands";
import { readNoticesContract } from "@/lib/features/notices/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(readNoticesContract, readNotices);
