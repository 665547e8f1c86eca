"use client";

import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import type { Command } from "@/components/command/use-command";
import {
  AnswerFields,
  missingIn,
  NOTHING_SAID,
  type SaidOfFinding,
} from "@/components/disbursements/answer-fields";
import { FindingItem } from "@/components/disbursements/finding-list";
import list from "@/components/disbursements/finding-list.module.css";
import { Checkbox } from "@/components/form/checkbox";
import { openFindings, type ShownFinding } from "@/lib/features/findings/present";
import { listText } from "@/lib/kernel/written";
import type { RowAnswers } from "./grid-saving";
import type { GridWords } from "./grid-words";

export type AskedRow = { id: string; number: number; findings: readonly ShownFinding[] };

/** By rule; of a rule that is answered row by row, by rule and row. */
type Draft = Record<string, SaidOfFinding>;

type Group = { rule: ShownFinding["rule"]; rows: { row: AskedRow; finding: ShownFinding }[] };

/** Like findings together, in the order in which the rows bring them. */
function groupsOf(rows: readonly AskedRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows)
    for (const finding of openFindings(row.findings).unanswered) {
      const group = groups.get(finding.rule) ?? { rule: finding.rule, rows: [] };
      group.rows.push({ row, finding });
      groups.set(finding.rule, group);
    }
  return [...groups.values()];
}

const keyOf = ({ rule }: Group, id: string, apart: ReadonlySet<string>) =>
  apart.has(rule) ? `${rule} ${id}` : rule;

function answersOf(groups: readonly Group[], draft: Draft, apart: ReadonlySet<string>) {
  const answers: Record<string, RowAnswers> = {};
  let open = 0;
  for (const group of groups)
    for (const { row } of group.rows) {
      const said = draft[keyOf(group, row.id, apart)] ?? NOTHING_SAID;
      const { code, words } = said;
      if (code === "" || missingIn(said) !== null) open += 1;
      else
        (answers[row.id] ??= []).push({
          rule: group.rule,
          answer: code,
          words: words.trim() || null,
        });
    }
  return { answers, open };
}

/** What has to be explained before the rows go: once for all that are alike, or row by row. */
export function SubmitDialog({
  rows,
  words,
  command,
  onAnswered,
  onClose,
}: {
  rows: readonly AskedRow[];
  words: GridWords;
  command: Command;
  onAnswered: (answers: Record<string, RowAnswers>) => void;
  onClose: () => void;
}) {
  const { t } = words;
  const [draft, setDraft] = useState<Draft>({});
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set());
  const groups = groupsOf(rows);
  const { answers, open } = answersOf(groups, draft, apart);
  const say = (key: string) => (said: SaidOfFinding) =>
    setDraft((known) => ({ ...known, [key]: said }));
  return (
    <CommandDialog
      size="wide"
      command={command}
      title={t("answers.title", { rows: rows.length })}
      confirm={open > 0 ? t("answers.some", { open }) : t("answers.all")}
      onClose={onClose}
      onConfirm={() => onAnswered(answers)}
    >
      <p className="quiet">{t("answers.lead")}</p>
      {groups.map((group) => {
        const each = apart.has(group.rule);
        const shown = each ? group.rows : group.rows.slice(0, 1);
        return (
          <section key={group.rule} className="stack">
            {group.rows.length > 1 && (
              <Checkbox
                label={t("answers.apart", {
                  count: group.rows.length,
                  rows: listText(
                    group.rows.map(({ row }) => row.number),
                    words.locale,
                  ),
                })}
                checked={each}
                onChange={({ target }) => {
                  const next = new Set(apart);
                  if (target.checked) next.add(group.rule);
                  else next.delete(group.rule);
                  setApart(next);
                }}
              />
            )}
            {shown.map(({ row, finding }) => {
              const key = keyOf(group, row.id, apart);
              return (
                <div key={row.id} className="stack">
                  <ul className={list.list}>
                    <FindingItem finding={finding} />
                  </ul>
                  <p className="quiet">
                    {t(each || group.rows.length === 1 ? "answers.row" : "answers.example", {
                      row: row.number,
                    })}
                  </p>
                  <AnswerFields
                    id={`answer-${group.rule}-${row.id}`}
                    said={draft[key] ?? NOTHING_SAID}
                    onSay={say(key)}
                  />
                </div>
              );
            })}
          </section>
        );
      })}
    </CommandDialog>
  );
}
