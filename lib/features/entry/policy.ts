import { findInForm } from "@/lib/features/checks/rules";
import type { CheckedRecord } from "@/lib/features/checks/types";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { sameFinding } from "@/lib/features/findings/policy";
import { OF_OTHERS } from "@/lib/features/findings/rules";
import type { Finding } from "@/lib/features/findings/types";
import type { Reference } from "@/lib/features/reference/types";
import { COUNT_UNITS, type Counts } from "@/lib/kernel/counts";
import { fiscalYearOf, monthOf, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";

type About = { record: DisbursementDetail | null; reference: Reference; today: CivilDate };

function countsOf(input: DisbursementFields): Counts {
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const count = input.counts?.[unit] ?? null;
    if (count !== null) counts[unit] = count;
  }
  return counts;
}

/** The form as it would be read back once it is saved. */
function asRecord(input: DisbursementFields, { record, today }: About): CheckedRecord {
  const dates = {
    paidOn: input.paidOn ?? null,
    periodFrom: input.periodFrom ?? null,
    periodTo: input.periodTo ?? null,
  };
  return {
    id: record?.id ?? "",
    status: record?.status ?? "draft",
    entryKind: record?.entryKind ?? "original",
    organisation: input.organisation,
    programme: input.programme,
    aidCategory: input.aidCategory ?? null,
    recipientKind: input.recipientKind ?? null,
    form: input.form ?? null,
    fiscalYear: input.fiscalYear ?? fiscalYearOf(dates) ?? record?.fiscalYear ?? yearOf(today),
    ...dates,
    month: monthOf(dates),
    amountFen: input.amountFen ?? null,
    amountKind: input.amountKind ?? "exact",
    cashFen: input.cashFen ?? null,
    goodsFen: input.goodsFen ?? null,
    rate: input.rate ?? null,
    counts: countsOf(input),
    shares: input.shares ?? [],
  };
}

/** What the rules find in the form without asking anybody. A clerk is told no notices, here as from the server. */
export function judgeEntry(input: DisbursementFields, about: About): Finding[] {
  const { programmes, campaigns, years } = about.reference;
  const programme = programmes.find(({ code }) => code === input.programme);
  if (!programme) return [];
  const entry = asRecord(input, about);
  const found = findInForm(entry, {
    today: about.today,
    yearOpen: years.some(({ year, status }) => year === entry.fiscalYear && status === "open"),
    seasonMonths: programme.seasonMonths,
    allowedForms: programme.allowedForms,
    campaign: campaigns.find(({ code }) => code === input.campaign) ?? null,
  });
  const before = about.record?.findings ?? [];
  return found
    .filter(({ level }) => level !== "notice")
    .map((draft) => {
      const was = before.find(({ rule }) => rule === draft.rule);
      if (!was?.answer) return { ...draft, answer: null };
      return { ...draft, answer: { ...was.answer, covers: was.answer.covers && sameFinding(was, draft) } }; // prettier-ignore
    });
}

/** What stands in the form now, and beside it what was last said of it by comparison with others. */
export const withOthers = (own: readonly Finding[], said: readonly Finding[]): Finding[] => [
  ...own,
  ...said.filter(({ rule }) => OF_OTHERS.includes(rule)),
];
