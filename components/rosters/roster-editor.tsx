"use client";

import { FileUp, Save } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { useLeavingAsks } from "@/components/form/use-leaving-asks";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { putRoster } from "@/lib/features/rosters/client";
import { ROSTER_COLUMNS } from "@/lib/features/rosters/labels";
import { columnOf } from "@/lib/features/rosters/rules";
import type { Roster } from "@/lib/features/rosters/types";
import { ImportDialog } from "./import-dialog";
import { PAGE_LINES, RosterPages } from "./roster-pages";
import { isCounted, RosterRow, type Fault } from "./roster-row";
import { RosterSumsLine } from "./roster-sums";
import { SealedOffer } from "./sealed-offer";
import { useRosterLines, type RosterText } from "./use-roster-lines";
import { useSealedCopy } from "./use-sealed-copy";
import styles from "./rosters.module.css";

/** What is wrong in each row: as it is typed, and as the server said of what was sent. */
function useFaults(text: RosterText, said: Record<string, string[]>): Map<number, Fault[]> {
  const t = useTranslations("errors.field");
  const faults = new Map<number, Fault[]>();
  text.filled.forEach(({ row, faults: own }, n) => {
    const line = row + 1;
    const found = ROSTER_COLUMNS.flatMap((column): Fault[] => {
      const fault = own[column];
      return fault ? [{ column, text: t(fault.key as "required", { line }) }] : [];
    });
    for (const [path, sentences] of Object.entries(said)) {
      const [, at, field = ""] = /^lines\.(\d+)\.(\w+)$/.exec(path) ?? [];
      const column = columnOf(field);
      if (Number(at) === n && !found.some((one) => one.column === column))
        found.push({ column, text: sentences.join(" ") });
    }
    if (found.length > 0) faults.set(row, found);
  });
  return faults;
}

export function RosterEditor({ roster: first, today }: { roster: Roster; today: string }) {
  const t = useTranslations("rosters");
  const [roster, setRoster] = useState(first);
  const [page, setPage] = useState(0);
  const [imports, setImports] = useState(false);
  const text = useRosterLines(roster, today);
  const command = useCommand();
  const toast = useToast();
  const faults = useFaults(text, command.failure?.fieldErrors ?? {});
  const copy = useSealedCopy(roster, text);
  useLeavingAsks(text.typed && !copy.kept);
  const rows = text.lines.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES);
  const [firstFault] = faults.keys();
  const pageOf = (row: number) => Math.floor(row / PAGE_LINES);
  const nextFault = [...faults.keys()].find((row) => pageOf(row) > page) ?? firstFault;

  async function save() {
    if (firstFault !== undefined) return setPage(pageOf(firstFault));
    const body = { version: roster.version, lines: text.filled.map(({ input }) => input) };
    const outcome = await command.run((send) => send(putRoster, { id: roster.id, body }));
    if (!outcome.ok) return;
    copy.end();
    setRoster(outcome.answer);
    text.restart(outcome.answer);
    toast(t("saved", { lines: outcome.answer.sums.lines }));
  }

  return (
    <div className="stack">
      <Callout>{t("how")}</Callout>
      <SealedOffer copy={copy} version={roster.version} />
      <div className={styles.bar}>
        <RosterSumsLine sums={text.sums} recorded={roster.recorded} />
        <div className={styles.acts}>
          <LinkButton href={`/disbursements/${roster.id}`}>{t("back")}</LinkButton>
          <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setImports(true)}>
            {t("import.open")}
          </Button>
          <Button
            variant="primary"
            icon={<Save size={16} aria-hidden />}
            busy={command.busy}
            onClick={() => void save()}
          >
            {t("save")}
          </Button>
        </div>
      </div>
      <FailureNote failure={command.failure} />
      {imports && (
        <ImportDialog
          today={today}
          filled={text.filled.length}
          nextKey={text.nextKey}
          onLines={(lines, replaces) => {
            text.take(lines, replaces);
            setPage(0);
            setImports(false);
            toast(t("import.taken", { lines: lines.length }));
          }}
          onClose={() => setImports(false)}
        />
      )}
      {faults.size > 0 && (
        <p className={styles.differs} role="status">
          {t("faulty", { count: faults.size })}{" "}
          {nextFault !== undefined && text.lines.length > PAGE_LINES && (
            <Button size="small" onClick={() => setPage(pageOf(nextFault))}>
              {t("faultyNext")}
            </Button>
          )}
        </p>
      )}
      <div className={styles.frame}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.no}>
                {t("column.no")}
              </th>
              {ROSTER_COLUMNS.map((column) => (
                <th key={column} scope="col" data-number={isCounted(column) || undefined}>
                  {t(`column.${column}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((line, n) => {
              const row = page * PAGE_LINES + n;
              return (
                <RosterRow
                  key={line.key}
                  row={row}
                  line={line}
                  faults={faults.get(row) ?? []}
                  onText={text.set}
                  onPaste={text.paste}
                  onRemove={text.remove}
                />
              );
            })}
          </tbody>
        </table>
      </div>
      <RosterPages page={page} total={text.lines.length} onPage={setPage} />
    </div>
  );
}
