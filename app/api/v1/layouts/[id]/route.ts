import { removeLayout, updateLayout } from "@/lib/features/layouts/commands";
import { findLayout } from "@/lib/features/layouts/queries";
import {
  getLayoutContract,
  removeLayoutContract,
  updateLayoutContract,
} from "@/lib/features/layouts/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getLayoutContract, ({ params, ...input }) =>
  findLayout({ ...input, id: params.id }),
);

export const PATCH = defineRoute(updateLayoutContract, updateLayout);

export const DELETE = defineRoute(removeLayoutContract, removeLayout);
