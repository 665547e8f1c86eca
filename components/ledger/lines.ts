import { amountText, whenShort, wholeText, type Names } from "@/lib/features/disbursements/present";
import { STATUS_TONE } from "@/lib/features/disbursements/labels";
import type { DisbursementRow, FenText } from "@/lib/features/disbursements/types";
import type { Reference, Season } from "@/lib/features/reference/types";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";

/** One voucher as its line shows it: words only, so that the browser needs no dictionary. */
export type LedgerLine = {
  id: string;
  reference: string;
  when: string;
  monthUnknown: boolean;
  organisation: string;
  programme: string;
  season: Uppercase<Season>;
  campaign: string;
  aidCategory: string;
  recipientKind: string;
  form: string;
  /** Null = no amount: unvalued or not entered yet. */
  amount: string | null;
  amountKind: DisbursementRow["amountKind"];
  wording: string | null;
  counted: string | null;
  households: string;
  persons: string;
  personTimes: string;
  packs: string;
  sources: string;
  note: string;
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
};

export function ledgerLines({ rows, reference, words, unit }: Input): LedgerLine[] {
  const seasons = new Map(reference.programmes.map((one) => [one.code, one.season]));
  const { names } = words;
  const count = (value: number | undefined) => (value === undefined ? "" : wholeText(value));
  return rows.map((row): LedgerLine => {
    const amount = amountText(row, unit);
    return {
      id: row.id,
      reference: row.reference,
      when: whenShort(row) ?? "—",
      monthUnknown: row.month === 0,
      organisation: names.organisation(row.organisation),
      programme: names.programme(row.programme),
      season: (seasons.get(row.programme) ?? "other").toUpperCase() as Uppercase<Season>,
      campaign: row.campaign === null ? "" : names.campaign(row.campaign),
      aidCategory: row.aidCategory === null ? "" : names.aidCategory(row.aidCategory),
      recipientKind: row.recipientKind === null ? "" : names.recipientKind(row.recipientKind),
      form: row.form === null ? "" : words.form(row.form),
      amount: "text" in amount ? amount.text : null,
      amountKind: row.amountKind,
      wording: row.amountWording,
      counted:
        row.countedFen === undefined
          ? null
          : formatFen(BigInt(row.countedFen), { unit, exact: true }),
      households: count(row.counts.households),
      persons: count(row.counts.persons),
      personTimes: count(row.counts.personTimes),
      packs: count(row.counts.packs),
      sources: row.shares.map((share) => names.fundSource(share.fundSource)).join(words.separator),
      note: row.note ?? "",
      status: words.status(row.status),
      tone: STATUS_TONE[row.status],
      mark: words.mark(row),
    };
  });
}
