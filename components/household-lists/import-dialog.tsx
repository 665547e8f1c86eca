"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { Field } from "@/components/form/field";
import { FileInput } from "@/components/form/file-input";
import { Callout } from "@/components/ui/callout";
import {
  LIST_HEADINGS,
  MOST_IN_LIST,
  type ListColumn,
} from "@/lib/features/household-lists/labels";
import type { ImportOutcome, LineFault } from "@/lib/features/household-lists/types";
import { useImport, type Looked } from "./use-import";

/** So many at once; the rest is named when these are mended. */
const SHOWN = 20;
const countOf = (results: readonly ImportOutcome[], outcome: ImportOutcome["outcome"]) =>
  results.filter((one) => one.outcome === outcome).length;

function Faults({ faults }: { faults: readonly LineFault[] }) {
  const t = useTranslations("householdLists.import");
  const sentence = useTranslations("errors.field");
  if (faults.length === 0) return null;
  return (
    <Callout tone="warning" title={t("faults", { count: faults.length })}>
      <ul>
        {faults.slice(0, SHOWN).map(({ line, field, key, values }) => (
          <li key={`${line} ${field} ${key}`}>
            {t("fault", {
              line,
              field: LIST_HEADINGS[field as ListColumn]?.[0] ?? field,
              fault: sentence(key as "required", { line, ...values }),
            })}
          </li>
        ))}
        {faults.length > SHOWN && <li>{t("more", { count: faults.length - SHOWN })}</li>}
      </ul>
    </Callout>
  );
}

function Preview({ looked: { list, results, faults } }: { looked: Looked }) {
  const t = useTranslations("householdLists.import");
  const there = results.filter(({ outcome }) => outcome === "exists");
  return (
    <div role="status">
      <p>
        {t("found", {
          households: list.households.length,
          fresh: countOf(results, "new"),
          there: there.length,
        })}
      </p>
      {there.length > 0 && (
        <p className="quiet">
          {t("codes", {
            codes: there
              .slice(0, SHOWN)
              .map(({ line, code }) => t("codeAt", { line, code: code ?? "" }))
              .join("、"),
          })}
        </p>
      )}
      {list.unknown.length > 0 && (
        <p className="quiet">{t("unknown", { headings: list.unknown.join("、") })}</p>
      )}
      <Faults faults={faults} />
    </div>
  );
}

/** What was filed; and by line what was not, and what to do. */
function Done({ results }: { results: readonly ImportOutcome[] }) {
  const t = useTranslations("householdLists.import");
  const linesOf = (outcome: ImportOutcome["outcome"]) =>
    results.flatMap((one) => (one.outcome === outcome ? [one.line] : [])).join("、");
  const waiting = countOf(results, "later");
  return (
    <div role="status">
      <p>
        {t("done", { created: countOf(results, "created"), there: countOf(results, "exists") })}
      </p>
      {countOf(results, "elsewhere") > 0 && (
        <p>{t("elsewhere", { lines: linesOf("elsewhere") })}</p>
      )}
      {waiting > 0 && (
        <Callout tone="warning" title={t("laterTitle", { count: waiting })}>
          <p>{t("later", { lines: linesOf("later") })}</p>
        </Callout>
      )}
    </div>
  );
}

type Props = { organisation: string; name: string; today: string; onClose: () => void };

/** A list of households: chosen, looked through, and filed; what it says of people goes nowhere but into the files. */
export function ImportDialog({ organisation, name, today, onClose }: Props) {
  const t = useTranslations("householdLists.import");
  const router = useRouter();
  const [chosen, setChosen] = useState<File | null>(null);
  const { command, problem, looked, done, look, file } = useImport(organisation, today);
  const fresh = looked ? countOf(looked.results, "new") : 0;

  function choose(picked: File | undefined) {
    setChosen(picked ?? null);
    void look(picked);
  }
  async function confirm() {
    // read, and nothing of it is new
    if (done || (looked && fresh === 0)) return onClose();
    await file();
    router.refresh();
  }

  return (
    <CommandDialog
      command={command}
      title={t("title", { name })}
      confirm={done ? t("close") : t("confirm", { count: fresh })}
      size="wide"
      onClose={onClose}
      onConfirm={() => void confirm()}
    >
      <p>{t("lead", { most: MOST_IN_LIST })}</p>
      <Field label={t("file")} error={problem ? t(problem, { most: MOST_IN_LIST }) : undefined}>
        {(control) => <FileInput {...control} file={chosen} pick={choose} accept=".xlsx,.csv" />}
      </Field>
      {looked && !done && <Preview looked={looked} />}
      {done && <Done results={done} />}
    </CommandDialog>
  );
}
