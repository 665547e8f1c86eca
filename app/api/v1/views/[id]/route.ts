import { removeView, updateView } from "@/lib/features/views/commands";
import { removeViewContract, updateViewContract } from "@/lib/features/views/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateViewContract, updateView);

export const DELETE = defineRoute(removeViewContract, removeView);
