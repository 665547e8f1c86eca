import type { SummaryCell, SummaryRow, YearSummary } from "@/lib/features/summary/types";
import { allotmentsHref } from "@/lib/features/allotments/address";
import { explainHref } from "@/lib/features/ledger/address";
import { monthsOf } from "@/lib/features/figures/rules";
import type { FigureFilter } from "@/lib/features/filter/types";

type Asked = Pick<YearSummary, "year" | "yearAxis" | "compare" | "programmes" | "contributory">;

/** What a column narrows to beyond year and organisation; null = worked out, or not made of vouchers. */
function columnFilter(key: string, summary: Asked): FigureFilter | null {
  const { year, compare } = summary;
  const throughMonth = compare ? monthsOf(compare) : undefined;
  const [group, name = ""] = key.split(".");
  switch (group) {
    case "spent":
    case "records":
      return { year };
    case "unvalued":
      return { year, amountKind: ["unvalued"] };
    case "season": {
      const codes = summary.programmes.filter((one) => one.season === name).map((one) => one.code);
      return codes.length > 0 ? { year, programme: codes } : null;
    }
    case "category":
      return { year, aidCategory: [name] };
    case "mutual":
      return { year, programme: summary.contributory.map((one) => one.code) };
    case "same":
      return { year, throughMonth };
    case "before":
      return { year: year - 1, throughMonth };
    default:
      return null;
  }
}

/** The address behind one cell of the yearly summary: its vouchers, or the allotments of a received sum. */
export function cellHref(
  key: string,
  row: Pick<SummaryRow, "code" | "kind">,
  cell: SummaryCell,
  summary: Asked,
): string | undefined {
  if (cell.kind === "unknown") return undefined;
  const place = row.kind === "own" ? { organisation: row.code } : { org: row.code };
  if (key === "received") return allotmentsHref({ year: summary.year, ...place });
  const filter = columnFilter(key, summary);
  if (filter === null) return undefined;
  return explainHref({
    yearAxis: summary.yearAxis,
    ...filter,
    ...place,
  });
}
