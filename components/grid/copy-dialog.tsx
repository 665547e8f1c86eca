"use client";

import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { nameOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { copyRows } from "@/lib/features/rows/client";
import type { CopyQuery } from "@/lib/features/rows/schema";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { addCopies } from "./grid-copies";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";

const SPANS = ["lastMonth", "sameMonth", "lastYear"] as const;
type Span = (typeof SPANS)[number];

/** Which records are begun from, and how far their days move on. */
function askedFor(span: Span, today: CivilDate): Pick<CopyQuery, "year" | "month" | "by"> {
  const [year = 0, month = 1] = today.split("-").map(Number);
  if (span === "lastYear") return { year: year - 1, by: "year" };
  if (span === "sameMonth") return { year: year - 1, month, by: "year" };
  return month === 1
    ? { year: year - 1, month: 12, by: "month" }
    : { year, month: month - 1, by: "month" };
}

/** 照上月 and 照上年: what was paid then as rows to begin from, with what differs marked. */
export function CopyDialog({
  grid,
  reference,
  organisation,
  today,
  words,
  onClose,
}: {
  grid: Grid;
  reference: Reference;
  organisation: string;
  today: CivilDate;
  words: GridWords;
  onClose: () => void;
}) {
  const { t, locale } = words;
  const command = useCommand();
  const [none, setNone] = useState(false);
  const [only = ""] = grid.store.state().programmes;

  async function copy(data: FormData) {
    const span = SPANS.find((name) => name === data.get("span")) ?? "lastMonth";
    const programme = String(data.get("programme"));
    const outcome = await command.run(() =>
      copyRows({ organisation, programme, ...askedFor(span, today) }, new AbortController().signal),
    );
    if (!outcome.ok) return;
    const { items, more } = outcome.answer;
    if (items.length === 0) return setNone(true);
    addCopies(grid, items);
    grid.announce(t(more ? "copies.doneMore" : "copies.done", { count: items.length }));
    onClose();
  }

  return (
    <CommandDialog
      command={command}
      title={t("copies.title")}
      confirm={t("copies.go")}
      onClose={onClose}
      onConfirm={(data) => void copy(data)}
    >
      <p className="quiet">{t("copies.lead")}</p>
      <Field id="copy-programme" label={t("copies.programme")} required>
        {(control) => (
          <Select
            {...control}
            name="programme"
            defaultValue={only}
            options={reference.programmes
              .filter(({ active }) => active)
              .map((programme) => ({ value: programme.code, label: nameOf(programme, locale) }))}
          />
        )}
      </Field>
      <Field id="copy-span" label={t("copies.span")} required>
        {(control) => (
          <Select
            {...control}
            name="span"
            options={SPANS.map((span) => ({ value: span, label: t(`copies.${span}`) }))}
          />
        )}
      </Field>
      {none && <p role="status">{t("copies.none")}</p>}
    </CommandDialog>
  );
}
