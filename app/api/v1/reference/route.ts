import { getReference } from "@/lib/features/reference/queries";
import { referenceContract } from "@/lib/features/reference/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(referenceContract, ({ db }) => getReference({ db }));
