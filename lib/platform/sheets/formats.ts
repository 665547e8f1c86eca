/** What a number format makes of a number; of days, how much it shows of them. */
export type Shown = "number" | "percent" | "day" | "month" | "year" | "time";

const list = (shown: Shown, ids: readonly number[]) => ids.map((id) => [id, shown] as const);

/** Formats that have a number and no text: those of every language, and those of Chinese (27–36, 50–58). */
const BUILT_IN: ReadonlyMap<number, Shown> = new Map([
  ...list("percent", [9, 10]),
  ...list("day", [14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58]),
  ...list("month", [17, 27, 36, 50, 52, 57]),
  ...list("time", [18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]),
]);

/** Words in quotes, escaped signs, colours and languages, fillers: nothing that says what is shown. */
const BESIDES = /"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi;
const GENERAL = /general|g\/通用格式/gi;
const HALF_DAYS = /am\/pm|a\/p|上午\/下午/gi;

/** Of a format’s first part, which is that of positive numbers. */
function shownBy(code: string): Shown {
  const [first = ""] = code.replace(BESIDES, "").split(";");
  const bare = first.replace(GENERAL, "").replace(HALF_DAYS, "h").toLowerCase();
  if (bare.includes("%")) return "percent";
  // 0.00E+00 is no year of an era
  if (/[0#?]/.test(bare)) return "number";
  const year = /[ye]/.test(bare);
  if (/d|aaa/.test(bare)) return "day";
  if (/[hs]/.test(bare)) return year ? "day" : "time";
  if (/m/.test(bare)) return "month";
  return year ? "year" : "number";
}

export function shownAs(id: number, codes: ReadonlyMap<number, string>): Shown {
  const code = codes.get(id);
  return code === undefined ? (BUILT_IN.get(id) ?? "number") : shownBy(code);
}
