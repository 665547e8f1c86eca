import { listRevealRequests } from "@/lib/features/reveals/queries";
import { listRevealRequestsContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listRevealRequestsContract, listRevealRequests);
