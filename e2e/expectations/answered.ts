/** What the open API says of the figure that an address of the program opens, in fen and whole numbers. */

type Numbers = { [name: string]: number | string | null | Numbers };
export type Answered = {
  totals: { amountFen: string; records: number } & Numbers;
  leftOut: Numbers;
  rows?: number;
  vouchers: number;
};

const DOORS: Record<string, string> = {
  "/explain": "/api/v1/figures/explain",
  "/ledger": "/api/v1/disbursements",
};

/** Undefined: the API has no such answer, the page has to be opened. */
export function doorOf(href: string): string | undefined {
  const { pathname, searchParams } = new URL(href, "http://page");
  const door = DOORS[pathname];
  if (door === undefined || searchParams.has("view")) return undefined;
  searchParams.set("limit", "1");
  return `${door}?${searchParams.toString()}`;
}

const wholeOf = (numbers: Numbers): number[] =>
  Object.values(numbers).flatMap((value) =>
    typeof value === "number" ? [value] : typeof value === "object" && value ? wholeOf(value) : [],
  );

const NUMBER = /^(-?)([\d,]+)(?:[.](\d+))?$/;

/**
 * Does a figure, as it is written in its unit, say what the API answers? A count is one of the answer's whole numbers;
 * an amount is its fen, rounded half away from zero where fewer places are written.
 */
export function says(answer: Answered, text: string, unit: "yuan" | "wan"): boolean {
  const [, sign = "", whole = "", places] = NUMBER.exec(text) ?? [];
  if (whole === "") return false;
  const written = BigInt(`${sign}${whole.replaceAll(",", "")}${places ?? ""}`);
  if (places === undefined) {
    const { totals, leftOut, rows = 0, vouchers } = answer;
    return [...wholeOf(totals), ...wholeOf(leftOut), rows, vouchers].some(
      (number) => BigInt(number) === written,
    );
  }
  const fen = BigInt(answer.totals.amountFen);
  const dropped = 10n ** BigInt(Math.max(0, (unit === "wan" ? 6 : 2) - places.length));
  const magnitude = ((fen < 0n ? -fen : fen) + dropped / 2n) / dropped;
  return (fen < 0n ? -magnitude : magnitude) === written;
}
