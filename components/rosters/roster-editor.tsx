"use client";

import { Save } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { putRoster } from "@/lib/features/rosters/client";
import { ROSTER_COLUMNS } from "@/lib/features/rosters/labels";
import { columnOf } from "@/lib/features/rosters/rules";
import type { Roster } from "@/lib/features/rosters/types";
import { PAGE_LINES, RosterPages } from "./roster-pages";
import { isCounted, RosterRow, type Fault } from "./roster-row";
import { RosterSumsLine } from "./roster-sums";
import { useRosterLines, type RosterText } from "./use-roster-lines";
import styles from "./rosters.module.css";

/** What was typed is kept nowhere but here, so leaving asks first. */
function useLeavingAsks(typed: boolean) {
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [typed]);
}

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
  const text = useRosterLines(roster, today);
  const command = useCommand();
  const toast = useToast();
  const faults = useFaults(text, command.failure?.fieldErrors ?? {});
  useLeavingAsks(text.typed);
  const rows = text.lines.slice(page * PAGE_LINES, (page + 1) * PAGE_LINES);
  const [firstFault] = faults.keys();

  async function save() {
    if (firstFault !== undefined) return setPage(Math.floor(firstFault / PAGE_LINES));
    const body = { version: roster.version, lines: text.filled.map(({ input }) => input) };
    const outcome = await command.run((send) => send(putRoster, { id: roster.id, body }));
    if (!outcome.ok) return;
    setRoster(outcome.answer);
    text.restart(outcome.answer);
    toast(t("saved", { lines: outcome.answer.sums.lines }));
  }

  return (
    <div className="stack">
      <Callout>{t("how")}</Callout>
      <div className={styles.bar}>
        <RosterSumsLine sums={text.sums} recorded={roster.recorded} />
        <div className={styles.acts}>
          <LinkButton href={`/disbursements/${roster.id}`}>{t("back")}</LinkButton>
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
      {faults.size > 0 && (
        <p className={styles.differs} role="status">
          {t("faulty", { count: faults.size })}
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
