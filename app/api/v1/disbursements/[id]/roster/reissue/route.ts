import { reissuePayments } from "@/lib/features/payments/commands";
import { reissuePaymentsContract } from "@/lib/features/payments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  reissuePaymentsContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    reissuePayments({ tx, db, scope, actor, now, id: params.id, input: body }),
);
