import { discardWorkingCopy, saveWorkingCopy } from "@/lib/features/working-copies/commands";
import { findWorkingCopy } from "@/lib/features/working-copies/queries";
import {
  discardWorkingCopyContract,
  getWorkingCopyContract,
  saveWorkingCopyContract,
} from "@/lib/features/working-copies/schema";
import { AppError } from "@/lib/kernel/app-error";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getWorkingCopyContract, async ({ db, actor, params }) => {
  const copy = await findWorkingCopy({ db, actor, id: params.id });
  if (!copy) throw new AppError("NOT_FOUND");
  return copy;
});

export const PUT = defineRoute(saveWorkingCopyContract, ({ tx, db, scope, actor, params, body }) =>
  saveWorkingCopy({ tx, db, scope, actor, id: params.id, input: body }),
);

export const DELETE = defineRoute(discardWorkingCopyContract, ({ tx, actor, params }) =>
  discardWorkingCopy({ tx, actor, id: params.id }),
);
