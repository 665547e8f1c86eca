import { postPayments } from "@/lib/features/payments/commands";
import { getPayments } from "@/lib/features/payments/queries";
import { getPaymentsContract, postPaymentsContract } from "@/lib/features/payments/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getPaymentsContract, ({ db, scope, actor, params }) =>
  getPayments({ db, scope, actor, id: params.id }),
);

export const POST = defineRoute(
  postPaymentsContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    postPayments({ tx, db, scope, actor, now, id: params.id, input: body }),
);
