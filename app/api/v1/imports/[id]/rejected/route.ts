import { getRejectedFile } from "@/lib/features/imports/queries";
import { rejectedRowsContract } from "@/lib/features/imports/schema";
import { defineRoute, fileAnswer } from "@/lib/platform/route";

export const GET = defineRoute(rejectedRowsContract, async ({ params, ...input }) =>
  fileAnswer(await getRejectedFile({ ...input, id: params.id })),
);
