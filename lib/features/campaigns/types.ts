import type { LeftOut } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, PageReference } from "@/lib/features/reference/types";
import type { CampaignTable } from "./present";

export type CampaignsView = {
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  filter: Pick<FigureFilter, "org" | "programme">;
  ignored: string[];
  table: CampaignTable;
  leftOut: LeftOut;
  asOf: string;
};
