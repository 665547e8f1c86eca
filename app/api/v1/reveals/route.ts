import { listReveals } from "@/lib/features/reveals/queries";
import { listRevealsContract } from "@/lib/features/reveals/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listRevealsContract, listReveals);
