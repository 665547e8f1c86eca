import { addressOf } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";

/** A campaign is shown whole, whatever its years: the page has a place and programmes, and no year. */
export const campaignsHref = ({ org, programme }: FigureFilter): string =>
  addressOf("/campaigns", { org, programme });
