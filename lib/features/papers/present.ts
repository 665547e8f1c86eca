import type { Names } from "@/lib/features/reference/present";
import { formatFen } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { PaperHead } from "./types";

type Printed = {
  organisation: string;
  programme: string;
  fiscalYear: number;
  paidOn: string | null;
  periodFrom: string | null;
  periodTo: string | null;
  shares: readonly { fundSource: string; amountFen: string | null }[];
};

/** What stands above the lines of a paper of this record. */
export function headIn(
  names: Names,
  record: Printed,
  { locale, reference }: { locale: Locale; reference: string },
): PaperHead {
  const { shares, paidOn, periodFrom, periodTo } = record;
  const several = shares.length > 1;
  return {
    reference,
    organisation: names.organisation(record.organisation),
    programme: names.programme(record.programme),
    year: record.fiscalYear,
    day: paidOn ?? [periodFrom, periodTo].filter(Boolean).join("–"),
    sources: shares
      .map(({ fundSource, amountFen }) =>
        several && amountFen !== null
          ? `${names.fundSource(fundSource)} ${formatFen(BigInt(amountFen))}`
          : names.fundSource(fundSource),
      )
      .join(locale === "en" ? ", " : "、"),
  };
}
