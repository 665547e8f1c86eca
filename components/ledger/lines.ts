import { STATUS_TONE } from "@/lib/features/disbursements/labels";
import { countsInOrder } from "@/lib/features/disbursements/present";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import type { Names } from "@/lib/features/reference/present";
import type { Reference, Season } from "@/lib/features/reference/types";
import type { CountUnit } from "@/lib/kernel/counts";
import { OWN_TEXTS, type TextField } from "@/lib/kernel/record-fields";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { FenText } from "@/lib/kernel/money";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import { knownAmount, knownText } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import { hasAmount } from "@/lib/kernel/record-codes";
import { wholeText } from "@/lib/kernel/written";

/** One voucher as its line shows it: words only, so that the browser needs no dictionary. */
export type LedgerLine = {
  id: string;
  reference: string;
  when: string;
  /** No month holds the whole of it: it spans several, or nobody knows which. */
  noMonth: "across" | "unknown" | null;
  organisation: string;
  programme: string;
  season: Uppercase<Season>;
  campaign: string;
  aidCategory: string;
  recipientKind: string;
  form: string;
  /** The amount, or in words why there is none. */
  amount: string;
  valued: boolean;
  /** In yuan, where the table is written in 万元 and so rounded. */
  exact: string | null;
  amountKind: DisbursementRow["amountKind"];
  wording: string | null;
  counted: string | null;
  counts: Partial<Record<CountUnit, string>>;
  sources: string;
  texts: Partial<Record<TextField, string>>;
  status: string;
  tone: (typeof STATUS_TONE)[keyof typeof STATUS_TONE];
  /** 冲红, 更正 or 演示数据: what is not an ordinary entry says so. */
  mark: string | null;
};

export type LineWords = {
  names: Names;
  status: (status: DisbursementRow["status"]) => string;
  form: (form: NonNullable<DisbursementRow["form"]>) => string;
  mark: (row: DisbursementRow) => string | null;
  separator: string;
};

type Input = {
  rows: readonly (DisbursementRow & { countedFen?: FenText })[];
  reference: Pick<Reference, "programmes">;
  words: LineWords;
  unit: MoneyUnit;
  locale: Locale;
};

const lastDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isMonthEnd(date: CivilDate): boolean {
  const [year = 0, month = 1, day = 0] = date.split("-").map(Number);
  const leap = month === 2 && new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1 ? 1 : 0;
  return day === (lastDays[month - 1] ?? 0) + leap;
}

/** A day, a whole year (2024), whole months (2024-01 – 2024-10), or any other period by its days. */
export function whenWords(
  row: Pick<DisbursementRow, "paidOn" | "periodFrom" | "periodTo">,
): string {
  const { paidOn, periodFrom: from, periodTo: to } = row;
  if (paidOn !== null || from === null || to === null) return paidOn ?? from ?? to ?? "—";
  if (!from.endsWith("-01") || !isMonthEnd(to)) return `${from} – ${to}`;
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const year = from.slice(0, 4);
  if (first === `${year}-01` && last === `${year}-12`) return year;
  return first === last ? first : `${first} – ${last}`;
}

export function ledgerLines({ rows, reference, words, unit, locale }: Input): LedgerLine[] {
  const seasons = new Map(reference.programmes.map((one) => [one.code, one.season]));
  const { names } = words;
  return rows.map((row): LedgerLine => {
    const amount = knownAmount(row);
    return {
      id: row.id,
      reference: row.reference,
      when: whenWords(row),
      noMonth: row.month !== 0 ? null : row.periodFrom && row.periodTo ? "across" : "unknown",
      organisation: names.organisation(row.organisation),
      programme: names.programme(row.programme),
      season: (seasons.get(row.programme) ?? "other").toUpperCase() as Uppercase<Season>,
      campaign: row.campaign === null ? "" : names.campaign(row.campaign),
      aidCategory: row.aidCategory === null ? "" : names.aidCategory(row.aidCategory),
      recipientKind: row.recipientKind === null ? "" : names.recipientKind(row.recipientKind),
      form: row.form === null ? "" : words.form(row.form),
      amount: knownText(amount, { locale, unit }),
      exact: unit === "wan" && amount.kind === "money" ? formatFen(amount.fen) : null,
      valued: amount.kind === "money",
      amountKind: row.amountKind,
      wording: row.amountWording,
      counted:
        row.countedFen === undefined || !hasAmount(row.amountKind)
          ? null
          : formatFen(BigInt(row.countedFen), { unit }),
      counts: Object.fromEntries(
        countsInOrder(row.counts).map(({ unit: counted, count }) => [counted, wholeText(count)]),
      ),
      sources: row.shares.map((share) => names.fundSource(share.fundSource)).join(words.separator),
      texts: Object.fromEntries(
        OWN_TEXTS.flatMap((name) => (row[name] === null ? [] : [[name, row[name]]])),
      ),
      status: words.status(row.status),
      tone: STATUS_TONE[row.status],
      mark: words.mark(row),
    };
  });
}
