import { matchHeader } from "@/lib/features/rows/labels";
import type { RowColumn } from "@/lib/features/rows/types";
import type { FieldError } from "@/lib/kernel/app-error";
import { visibleText } from "@/lib/kernel/typed-text";

export const MOST_HEADINGS = 60;

/** What stands under a head: a column that is read back as itself, or what nobody reads back. */
type Under = RowColumn | "number" | "reference" | null;
export type MapColumn = { heading: string; under: Under; wan: boolean };

const UNREAD: Readonly<Record<string, Under>> = {
  ...Object.fromEntries(["序号", "no.", "no"].map((word) => [word, "number"])),
  ...Object.fromEntries(
    ["编号", "记录编号", "凭证号", "凭证编号", "reference"].map((word) => [word, "reference"]),
  ),
};

/** Of one record they are parts of the amount, or two counts in one cell: the ledger’s rows have no such column. */
const APART: readonly Under[] = ["cash", "goods", "counts"];

/** The columns of a map, by the words of its heads alone: what is handed out under them is read back so. */
export function mapColumns(headings: readonly string[]): MapColumn[] {
  const { columns, units } = matchHeader(headings);
  return headings.map((heading, at) => {
    const column = columns[at] ?? null;
    return {
      heading,
      under: column ?? UNREAD[visibleText(heading).toLowerCase()] ?? null,
      wan: column !== null && units[column] === "wan",
    };
  });
}

/** Why these heads cannot be handed out, by the first that cannot. */
export function headingsFault(headings: readonly string[]): FieldError | null {
  const alone = (heading: string) => mapColumns([heading])[0]?.under ?? null;
  const taken = new Set<Under>();
  for (const { heading, under, wan } of mapColumns(headings)) {
    const values = { heading };
    const meant = alone(heading);
    if (meant !== null && (under === null || taken.has(under))) return { key: "mapTwice", values };
    if (under !== null) taken.add(under);
    if (APART.includes(under)) return { key: "mapApart", values };
    if (wan && under !== "amount") return { key: "mapWan", values };
  }
  return taken.size === 0 ? { key: "mapNothing" } : null;
}
