import { addTotals, type Sum } from "@/lib/features/figures/present";
import type { FigureCell } from "@/lib/features/figures/rules";
import { NO_CAMPAIGN, type FigureFilter } from "@/lib/features/filter/types";
import type { Reference } from "@/lib/features/reference/types";

/** A sum and the filter that opens exactly its records; null = there is no record. */
type Opened = { sum: Sum | null; filter: FigureFilter };

export type CampaignRow = {
  /** Null: what belongs to no campaign. */
  campaign: Reference["campaigns"][number] | null;
  whole: Opened;
  /** In the order of `years`. */
  byYear: Opened[];
};

export type CampaignTable = { years: number[]; rows: CampaignRow[]; total: CampaignRow };

type Asked = Pick<FigureFilter, "org" | "programme">;

/**
 * Figures by campaign and year → one line a campaign, the latest first, then what belongs to none, then all. The
 * lines add up to the last, and the years of a line to its whole.
 */
export function campaignTable(
  cells: readonly FigureCell[],
  campaigns: Reference["campaigns"],
  asked: Asked,
): CampaignTable {
  const years = [...new Set(cells.flatMap(({ year }) => year ?? []))].sort((a, b) => b - a);
  const rowOf = (campaign: CampaignRow["campaign"], code: string | undefined): CampaignRow => {
    const filter = {
      ...asked,
      ...(code === undefined ? {} : { campaign: [code || NO_CAMPAIGN] }),
    };
    const of = cells.filter((cell) => code === undefined || cell.campaign === code);
    return {
      campaign,
      whole: { sum: addTotals(of), filter },
      byYear: years.map((year) => ({
        sum: addTotals(of.filter((cell) => cell.year === year)),
        filter: { ...filter, year },
      })),
    };
  };
  const rows = campaigns.map((campaign) => rowOf(campaign, campaign.code));
  const rest = rowOf(null, "");
  return {
    years,
    rows: rest.whole.sum === null ? rows : [...rows, rest],
    total: rowOf(null, undefined),
  };
}
