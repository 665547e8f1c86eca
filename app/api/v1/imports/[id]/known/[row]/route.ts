import { overruleKnown } from "@/lib/features/imports/commands";
import { overruleKnownContract } from "@/lib/features/imports/schema";
import { defineRoute } from "@/lib/platform/route";

export const PUT = defineRoute(overruleKnownContract, ({ params, body, ...context }) =>
  overruleKnown({ ...context, id: params.id, row: Number(params.row), words: body.words }),
);
