"use client";

import { useState } from "react";
import { Select } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Plan } from "@/lib/features/grid/rules";
import { ALL_COLUMNS } from "./grid-columns";
import type { GridWords } from "./grid-words";
import type { Paste, PasteAsk } from "./use-grid-clipboard";
import styles from "./grid.module.css";

const LEFT_OUT = "";

/** Where the columns of a block belong, which the table could not tell: nothing is cut off in silence. */
function ColumnsDialog({
  plan,
  words,
  onPlace,
  onClose,
}: {
  plan: Plan;
  words: GridWords;
  onPlace: (mapping: (string | null)[]) => void;
  onClose: () => void;
}) {
  const { t } = words;
  const [mapping, setMapping] = useState<readonly (string | null)[]>(plan.mapping);
  const options = [
    { value: LEFT_OUT, label: t("columns.leftOut") },
    ...ALL_COLUMNS.map((column) => ({ value: column, label: words.name(column) })),
  ];
  return (
    <Dialog
      size="wide"
      title={t("columns.title", { count: plan.surplus.length })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("columns.cancel")}</Button>
          <Button variant="primary" data-main="" onClick={() => onPlace([...mapping])}>
            {t("columns.place")}
          </Button>
        </>
      }
    >
      <p className="quiet">{t("columns.lead")}</p>
      <table className={styles.mapping}>
        <thead>
          <tr>
            <th scope="col">{t("columns.theirs")}</th>
            <th scope="col">{t("columns.sample")}</th>
            <th scope="col">{t("columns.ours")}</th>
          </tr>
        </thead>
        <tbody>
          {plan.columns.map(({ head, sample }, at) => (
            <tr key={at} data-surplus={plan.surplus.includes(at) ? "" : undefined}>
              <th scope="row">{head || t("columns.number", { number: at + 1 })}</th>
              <td>{sample}</td>
              <td>
                <Select
                  aria-label={t("columns.oursOf", { column: head || String(at + 1) })}
                  options={options}
                  value={mapping[at] ?? LEFT_OUT}
                  onChange={(event) => {
                    const said = event.target.value === LEFT_OUT ? null : event.target.value;
                    setMapping(
                      mapping.map((name, other) =>
                        other === at ? said : name === said ? null : name,
                      ),
                    );
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

function OverwriteDialog({
  plan,
  words,
  onGo,
  onClose,
}: {
  plan: Plan;
  words: GridWords;
  onGo: () => void;
  onClose: () => void;
}) {
  const { t } = words;
  return (
    <Dialog
      title={t("overwrite.title", { count: plan.overwrites })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("overwrite.cancel")}</Button>
          <Button variant="primary" data-main="" onClick={onGo}>
            {t("overwrite.go")}
          </Button>
        </>
      }
    >
      <p>{t("overwrite.what")}</p>
    </Dialog>
  );
}

/** What a paste asks before anything is written. */
export function PasteDialogs({
  ask,
  paste,
  words,
  onDone,
}: {
  ask: PasteAsk | null;
  paste: Paste;
  words: GridWords;
  onDone: () => void;
}) {
  if (ask === null) return null;
  if (ask.kind === "overwrite")
    return (
      <OverwriteDialog
        plan={ask.plan}
        words={words}
        onClose={onDone}
        onGo={() => {
          onDone();
          paste.perform(ask.plan);
        }}
      />
    );
  return (
    <ColumnsDialog
      plan={ask.plan}
      words={words}
      onClose={onDone}
      onPlace={(mapping) => {
        onDone();
        paste.placeAs(ask.block, mapping);
      }}
    />
  );
}
