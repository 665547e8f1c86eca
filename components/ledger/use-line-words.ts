import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { namesOf, type Names } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import { eachText } from "@/lib/kernel/record-fields";
import type { LedgerTableProps } from "./ledger-table";
import type { LineWords } from "./lines";

const COLUMNS = [
  "reference",
  "when",
  "organisation",
  "programme",
  "campaign",
  "aidCategory",
  "recipientKind",
  "form",
  "amount",
  "counted",
  "sources",
  "status",
] as const;

/** In English every name ends in the same four words: a column of them says nothing more. */
const shortened = (names: Names) => (code: string) =>
  names.organisation(code).replace(/ Federation of Trade Unions$/, "");

/** The words of lines and headings, looked up once on the server. */
export function useLedgerWords(reference: Reference, show: Presentation) {
  const t = useTranslations("ledger");
  const tLabels = useTranslations("labels");
  const tDashboard = useTranslations("dashboard");
  const names = namesOf(reference, show.locale);
  const lineWords: LineWords = {
    names: show.locale === "en" ? { ...names, organisation: shortened(names) } : names,
    status: (status) => tLabels(`status.${status}`),
    form: (form) => tLabels(`form.${form}`),
    mark: (row) => {
      if (row.entryKind !== "original") return tLabels(`entryKind.${row.entryKind}`);
      return row.origin === "demo" ? t("demoMark") : null;
    },
    separator: tDashboard("separator"),
  };
  const headings = Object.fromEntries(COLUMNS.map((column) => [column, t(`column.${column}`)]));
  const words = {
    ...headings,
    ...eachCount((unit) => tLabels(`countName.${unit}`)),
    ...eachText((name) => tLabels(`field.${name}`)),
    total: t("total"),
    estimated: t("estimated"),
    noMonth: { across: t("acrossMonths"), unknown: t("monthUnknown") },
  } as LedgerTableProps["words"];
  return { lineWords, words };
}
