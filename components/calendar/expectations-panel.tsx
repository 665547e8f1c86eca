"use client";

import { useLocale, useTranslations } from "next-intl";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import type { Expectation } from "@/lib/features/calendar/schema";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { monthDayText } from "@/lib/kernel/written";
import { ExpectationDialog } from "./expectation-dialog";

type Props = { expectations: Expectation[]; reference: PageReference };

/** Of which days and by when, as a sentence. */
function useWhenWords(): (expectation: Expectation) => string {
  const t = useTranslations("admin.calendar.when");
  const locale = useLocale() as Locale;
  return ({ when }) => {
    if (when.repeats === "never") return t("never");
    if (when.repeats === "monthly") {
      const { fromMonth, toMonth, dueDay } = when;
      return t("monthly", { fromMonth, toMonth, dueDay });
    }
    const { from, to, due } = when;
    return t("yearly", {
      from: monthDayText(from, locale),
      to: monthDayText(to, locale),
      due: monthDayText(due, locale),
      before: String(from > to),
      after: String(due < to),
    });
  };
}

function useColumns(): DataColumn<Expectation>[] {
  const t = useTranslations("admin.calendar");
  const kinds = useTranslations("labels.organisationKind");
  const name = useName();
  return [
    {
      id: "programme",
      header: t("programme"),
      width: "7em",
      hideable: false,
      cell: ({ programme }) => name(programme),
    },
    {
      id: "who",
      header: t("who"),
      width: "14em",
      hideable: false,
      cell: ({ organisation, owedBy }) =>
        t("below", { name: name(organisation), kind: kinds(owedBy) }),
    },
    { id: "when", header: t("whenHead"), width: "22em", hideable: false, cell: useWhenWords() },
    {
      id: "years",
      header: t("years"),
      width: "7em",
      cell: ({ firstYear, lastYear }) =>
        lastYear === null
          ? t("yearsFrom", { first: String(firstYear) })
          : t("yearsBetween", { first: String(firstYear), last: String(lastYear) }),
    },
    { id: "source", header: t("source"), width: "14em", cell: ({ source }) => source || "—" },
    useInUseColumn<Expectation>(),
  ];
}

export function ExpectationsPanel({ expectations, reference }: Props) {
  const t = useTranslations("admin.calendar");
  const name = useName();
  const words = useWhenWords();
  return (
    <KeptTable
      id="admin-calendar"
      caption={t("caption")}
      columns={useColumns()}
      rows={expectations}
      rowId={({ id }) => id}
      rowName={(row) => `${name(row.programme)} ${words(row)}`}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(held, ways) => <ExpectationDialog held={held} reference={reference} {...ways} />}
    />
  );
}
