import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";

export const allotmentsHref = (
  filter: Pick<FigureFilter, "year" | "org" | "fundSource">,
  extra?: Record<string, string>,
): string => addressOf("/allotments", filter, extra);
