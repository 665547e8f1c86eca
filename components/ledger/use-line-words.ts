import { useTranslations } from "next-intl";
import type { Show } from "@/components/dashboard/show";
import { namesOf } from "@/lib/features/disbursements/present";
import type { Reference } from "@/lib/features/reference/types";
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
  "households",
  "persons",
  "personTimes",
  "packs",
  "sources",
  "note",
  "status",
] as const;

/** The words of lines and headings, looked up once on the server. */
export function useLedgerWords(reference: Reference, show: Show) {
  const t = useTranslations("ledger");
  const tLabels = useTranslations("labels");
  const tDashboard = useTranslations("dashboard");
  const lineWords: LineWords = {
    names: namesOf(reference, show.locale),
    status: (status) => tLabels(`status.${status}`),
    form: (form) => tLabels(`form.${form}`),
    mark: (row) => {
      if (row.entryKind !== "original") return tLabels(`entryKind.${row.entryKind}`);
      return row.origin === "demo" ? tLabels("origin.demo") : null;
    },
    separator: tDashboard("separator"),
  };
  const headings = Object.fromEntries(COLUMNS.map((column) => [column, t(`column.${column}`)]));
  const words = {
    ...headings,
    total: t("total"),
    unvalued: t("unvalued"),
    estimated: t("estimated"),
    monthUnknown: t("monthUnknown"),
  } as LedgerTableProps["words"];
  return { lineWords, words };
}
