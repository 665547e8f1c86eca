import { addressOf } from "@/lib/features/figures/address";
import type { FigureFilter } from "@/lib/features/figures/types";

export const allotmentsHref = (
  filter: Pick<FigureFilter, "year" | "org" | "fundSource">,
  extra?: Record<string, string>,
): string => addressOf("/allotments", filter, extra);
