import { freezeView } from "@/lib/features/frozen/commands";
import { freezeViewContract } from "@/lib/features/frozen/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(freezeViewContract, freezeView);
