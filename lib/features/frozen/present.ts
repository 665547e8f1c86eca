import { isSame, nothing } from "@/lib/features/changes/rules";
import { NO_CAMPAIGN, type FigureFilter } from "@/lib/features/filter/types";
import type { AidForm } from "@/lib/kernel/record-codes";
import type { FrozenFigures } from "./schema";

type ComparedAxis = FrozenFigures["axes"][number];
type Row = ComparedAxis["rows"][number];
type Axis = ComparedAxis["axis"];

/** What opens the vouchers of one value of an axis. */
export function lineFilter(filter: FigureFilter, axis: Axis, code: string): FigureFilter {
  if (axis === "organisation" || axis === "prefecture") return { ...filter, [axis]: code };
  if (axis === "month" || axis === "year") return { ...filter, [axis]: Number(code) };
  if (axis === "form") return { ...filter, form: [code as AidForm] };
  return { ...filter, [axis]: [code === "" ? NO_CAMPAIGN : code] };
}

const moved = ({ then, now }: Row): boolean => !isSame(then ?? nothing(), now ?? nothing());

/** What moved first; what did not stands behind it, folded into one line. */
export function linesOf({ rows }: ComparedAxis): { lines: Row[]; moved: number } {
  const first = rows.filter(moved);
  return { lines: [...first, ...rows.filter((row) => !moved(row))], moved: first.length };
}

/** Now less then, where both have an amount; what was not there yet was nothing. */
export function differenceFen({ then, now }: Row): bigint {
  return BigInt(now?.amountFen ?? 0) - BigInt(then?.amountFen ?? 0);
}
