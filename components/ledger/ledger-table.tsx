"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useOptimistic, type ReactNode } from "react";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge, SeasonTag } from "@/components/ui/badge";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { OWN_TEXTS, type TextField } from "@/lib/kernel/record-fields";
import styles from "./ledger-table.module.css";
import type { LedgerLine } from "./lines";

type ColumnWords = Record<
  | "reference"
  | "when"
  | "organisation"
  | "programme"
  | "campaign"
  | "aidCategory"
  | "recipientKind"
  | "form"
  | "amount"
  | "counted"
  | CountUnit
  | "sources"
  | TextField
  | "status",
  string
>;

export type LedgerTableProps = {
  id: string;
  caption: string;
  lines: readonly LedgerLine[];
  words: ColumnWords & {
    total: string;
    estimated: string;
    noMonth: Record<"across" | "unknown", string>;
  };
  unit: string;
  /** Where the address tells of columns: those it names, if it does, and the address with its other conditions. */
  columns?: { shown: string[] | undefined; href: string } | undefined;
  /** Columns the whole list may be put in order by. */
  orders?: { [column in keyof ColumnWords]?: NonNullable<DataColumn<never>["order"]> } | undefined;
  /** The words of this language take more room: less stands from the start. */
  wordy?: boolean | undefined;
  /** Formatted totals of the whole filter, under their columns. */
  totals: Partial<Record<keyof ColumnWords, string>>;
  /** Shows what each voucher adds to the figure that was opened. */
  explains?: boolean | undefined;
  /** That is a share of its amount, so that the amount has to stand beside it. */
  shared?: boolean | undefined;
  toolbar?: ReactNode | undefined;
  empty?: ReactNode | undefined;
};

type Words = LedgerTableProps["words"];

function Amount({ line, words }: { line: LedgerLine; words: Words }) {
  if (!line.valued) return <span className={styles.aside}>{line.amount}</span>;
  const isEstimated = line.amountKind === "estimated";
  return (
    <span title={[line.wording, line.exact].flatMap((part) => part ?? []).join(" · ") || undefined}>
      {isEstimated && <span className={`${styles.aside} ${styles.before}`}>{words.estimated}</span>}
      {line.amount}
    </span>
  );
}

function plain(id: keyof ColumnWords & keyof LedgerLine, words: Words): DataColumn<LedgerLine> {
  return { id, header: words[id], cell: (line) => line[id] };
}

/** Persons and, where there is room, households stand from the start, the other counts when asked for. */
function counts(words: Words, wordy: boolean): DataColumn<LedgerLine>[] {
  const first: readonly CountUnit[] = wordy ? ["persons"] : ["persons", "households"];
  const rest = COUNT_UNITS.filter((unit) => !first.includes(unit));
  return [...first, ...rest].map((unit) => ({
    id: unit,
    header: words[unit],
    align: "end",
    cell: (line) => line.counts[unit],
    ...(first.includes(unit) ? {} : { startHidden: true, phone: "hidden" }),
  }));
}

function texts(words: Words): DataColumn<LedgerLine>[] {
  return OWN_TEXTS.map((name) => ({
    id: name,
    header: words[name],
    width: "180px",
    startHidden: true,
    phone: "hidden",
    cell: (line) => (
      <span className={styles.clip} title={line.texts[name]}>
        {line.texts[name]}
      </span>
    ),
  }));
}

function columnsOf(props: LedgerTableProps) {
  const {
    words,
    unit,
    totals,
    orders = {},
    explains = false,
    shared = false,
    wordy = false,
  } = props;
  const columns: DataColumn<LedgerLine>[] = [
    {
      id: "reference",
      header: words.reference,
      hideable: false,
      cell: (line) => (
        <span className={styles.reference}>
          {line.reference}
          {line.mark && <span className={styles.mark}>{line.mark}</span>}
        </span>
      ),
    },
    {
      id: "when",
      header: words.when,
      width: "96px",
      cell: (line) => (
        <>
          <span className={styles.when}>{line.when}</span>
          {line.noMonth && <span className={styles.aside}> {words.noMonth[line.noMonth]}</span>}
        </>
      ),
    },
    { ...plain("organisation", words), width: "124px" },
    {
      id: "programme",
      header: words.programme,
      width: "110px",
      cell: (line) => <SeasonTag season={line.season}>{line.programme}</SeasonTag>,
    },
    { ...plain("campaign", words), width: "120px", startHidden: true, phone: "hidden" },
    { ...plain("aidCategory", words), width: "80px", phone: "hidden", startHidden: wordy },
    {
      ...plain("recipientKind", words),
      width: "100px",
      phone: "hidden",
      startHidden: explains || wordy,
    },
    { ...plain("form", words), width: "80px", startHidden: true, phone: "hidden" },
    {
      id: "amount",
      header: words.amount,
      unit,
      align: "end",
      cell: (line) => <Amount line={line} words={words} />,
    },
    {
      ...plain("counted", words),
      align: "end",
      unit,
      hideable: false,
      cell: (line) => line.counted ?? <Amount line={line} words={words} />,
    },
    ...counts(words, wordy),
    { ...plain("sources", words), width: "120px", startHidden: !explains, phone: "hidden" },
    ...texts(words),
    {
      id: "status",
      header: words.status,
      cell: (line) => <Badge tone={line.tone}>{line.status}</Badge>,
    },
  ];
  return columns
    .filter(({ id }) => (id === "counted" ? explains : id !== "amount" || !explains || shared))
    .map((column): DataColumn<LedgerLine> => {
      const id = column.id as keyof ColumnWords;
      const total = id === "reference" ? words.total : totals[id];
      const order = orders[id];
      return { ...column, ...(total !== undefined && { total }), ...(order && { order }) };
    });
}

/** Where the address says which columns are shown, another choice is another address. */
function useColumnsOf(columns: LedgerTableProps["columns"]) {
  const router = useRouter();
  const [shown, choose] = useOptimistic(columns?.shown);
  if (!columns) return undefined;
  return {
    columns: shown,
    onChange: (next: string[]) =>
      startTransition(() => {
        choose(next);
        const before = columns.href.includes("?") ? "&" : "?";
        const address = `${columns.href}${before}columns=${next.join(",")}`;
        router.replace(address as Route, { scroll: false });
      }),
  };
}

/** The whole list is put in order, by the server: a page of it is never sorted by itself. */
export function LedgerTable(props: LedgerTableProps) {
  const { id, caption, lines, toolbar, empty } = props;
  const chosen = useColumnsOf(props.columns);
  return (
    <DataTable
      id={id}
      caption={caption}
      columns={columnsOf(props)}
      rows={lines}
      chosen={chosen}
      rowId={(line) => line.id}
      rowName={(line) => `${line.reference} ${line.organisation}`}
      rowHref={(line) => `/disbursements/${line.id}`}
      toolbar={toolbar}
      empty={empty}
    />
  );
}
