import { listKnownRows } from "@/lib/features/imports/queries";
import { knownRowsContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(knownRowsContract, ({ params, query, ...context }) =>
  listKnownRows({ ...context, id: params.id, query }),
);
