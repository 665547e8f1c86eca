"use client";

import { useLocale, useTranslations } from "next-intl";
import { KeptTable, useInUseColumn } from "@/components/admin/kept-table";
import { useName } from "@/components/admin/words";
import type { DataColumn } from "@/components/table/columns";
import type { Expectation } from "@/lib/features/calendar/schema";
import { nameOf, placeName } from "@/lib/features/reference/present";
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
      const whole = String(fromMonth === 1 && toMonth === 12);
      return t("monthly", { whole, fromMonth, toMonth, dueDay });
    }
    const { from, to, due } = when;
    // a day that a February has not is its last
    const day = (of: string) => (of === "02-29" ? t("endOfFebruary") : monthDayText(of, locale));
    return t("yearly", {
      from: day(from),
      to: day(to),
      due: day(due),
      before: String(from > to),
      after: String(due < to),
    });
  };
}

/** An office that owes by itself, or every office of a kind from a place down. */
function useOwerWords({ organisations }: PageReference) {
  const t = useTranslations("admin.calendar");
  const kinds = useTranslations("labels.organisationKind");
  const locale = useLocale() as Locale;
  return ({ organisation, owedBy }: Expectation): string => {
    const place = organisations.find(({ code }) => code === organisation.code);
    if (place?.kind === owedBy) return nameOf(organisation, locale);
    return t("below", { name: placeName(organisation, locale), kind: kinds(owedBy).toLowerCase() });
  };
}

function useColumns(reference: PageReference): DataColumn<Expectation>[] {
  const t = useTranslations("admin.calendar");
  const name = useName();
  return [
    {
      id: "programme",
      header: t("programme"),
      width: "9em",
      hideable: false,
      cell: ({ programme }) => name(programme),
    },
    {
      id: "who",
      header: t("who"),
      width: "14em",
      hideable: false,
      cell: useOwerWords(reference),
    },
    { id: "when", header: t("whenHead"), width: "19em", hideable: false, cell: useWhenWords() },
    {
      id: "years",
      header: t("years"),
      width: "8em",
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
      columns={useColumns(reference)}
      rows={expectations}
      rowId={({ id }) => id}
      rowName={(row) => `${name(row.programme)} ${words(row)}`}
      add={t("new")}
      empty={{ title: t("empty"), hint: t("emptyHint") }}
      dialog={(held, ways) => <ExpectationDialog held={held} reference={reference} {...ways} />}
    />
  );
}
