import { explainFigureContract } from "@/lib/features/ledger/schema";
import { explainFigure } from "@/lib/features/ledger/queries";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(explainFigureContract, ({ db, scope, query }) =>
  explainFigure({ db, scope, filter: query }),
);
