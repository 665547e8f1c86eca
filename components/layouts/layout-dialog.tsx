"use client";

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import inputs from "@/components/form/input.module.css";
import { useToast } from "@/components/ui/toast";
import { layoutHref } from "@/lib/features/layouts/address";
import { createLayout, updateLayout } from "@/lib/features/layouts/client";
import type { Layout, LayoutText } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import { LayoutFaults } from "./layout-faults";
import { LayoutParts } from "./layout-parts";
import styles from "./layouts.module.css";

export type LayoutDialogProps = {
  layout: Layout;
  choices: LayoutChoices;
  /** The form that is changed; null: a new one. */
  kept: { id: string; version: number } | null;
  /** Conditions that no form keeps, by name. */
  dropped?: readonly string[] | undefined;
  onClose: () => void;
};

const linesOf = (texts: readonly LayoutText[]) => texts.map(({ zh }) => zh).join("\n");

/** A line that stayed as it was keeps its English. */
const textsOf = (lines: string, before: readonly LayoutText[]): LayoutText[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((zh) => before.find((text) => text.zh === zh) ?? { zh, en: "" });

function Seasons({
  layout,
  choices,
  change,
}: Pick<LayoutDialogProps, "layout" | "choices"> & { change: (next: Partial<Layout>) => void }) {
  const t = useTranslations("layoutForms");
  const { seasons = [], ...conditions } = layout.filter;
  if (Object.keys(conditions).length > 0) return <p className="quiet">{t("kept")}</p>;
  const choose = (value: string, on: boolean) => {
    const next = choices.seasons
      .map((one) => one.value)
      .filter((one) => (one === value ? on : seasons.some((season) => season === one)));
    change({ filter: next.length > 0 ? { seasons: next as typeof seasons } : {} });
  };
  return (
    <fieldset className={styles.group}>
      <legend>{t("seasons")}</legend>
      <div className={styles.choices}>
        {choices.seasons.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={seasons.some((one) => one === value)}
            onChange={(event) => choose(value, event.target.checked)}
          />
        ))}
      </div>
      <p className="quiet">{t("seasonsHint")}</p>
    </fieldset>
  );
}

/** A form as its province draws it: title, lines, groups of columns, what stands above and below. */
export function LayoutDialog({
  kept,
  choices,
  dropped = [],
  onClose,
  ...given
}: LayoutDialogProps) {
  const t = useTranslations("layoutForms");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [layout, setLayout] = useState(given.layout);
  const [lines, setLines] = useState({
    header: linesOf(given.layout.header),
    footer: linesOf(given.layout.footer),
  });
  const { errorOf } = command;
  const change = (next: Partial<Layout>) => setLayout((now) => ({ ...now, ...next }));
  const title = (next: Partial<LayoutText>) => change({ title: { ...layout.title, ...next } });

  async function save() {
    const whole = {
      ...layout,
      header: textsOf(lines.header, given.layout.header),
      footer: textsOf(lines.footer, given.layout.footer),
    };
    const outcome = await command.run((send) =>
      kept === null
        ? send(createLayout, { body: { layout: whole } })
        : send(updateLayout, { id: kept.id, body: { version: kept.version, layout: whole } }),
    );
    if (!outcome.ok) return;
    onClose();
    toast(t("saved", { name: outcome.answer.layout.title.zh }));
    if (kept === null) router.push(layoutHref(outcome.answer.id) as Route);
    else router.refresh();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      size="wide"
      title={t(kept === null ? "newTitle" : "changeTitle")}
      confirm={t("save")}
      confirming={t("saving")}
      onConfirm={() => void save()}
    >
      <p>{t("lead")}</p>
      {dropped.length > 0 && <p>{t("dropped", { names: dropped.join("、") })}</p>}
      <LayoutFaults failure={command.failure} head={t("wrong")} besides={["layout.title.zh"]} />
      <div className={styles.pair}>
        <Field
          label={t("title")}
          hint={t("titleHint")}
          error={errorOf("layout.title.zh")}
          required
          width="half"
        >
          {(control) => (
            <TextInput
              {...control}
              value={layout.title.zh}
              maxLength={60}
              onChange={(event) => title({ zh: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("titleEn")} width="half" optional>
          {(control) => (
            <TextInput
              {...control}
              value={layout.title.en}
              maxLength={60}
              onChange={(event) => title({ en: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("rows")} width="half">
        {(control) => (
          <Select
            {...control}
            options={choices.axes}
            value={layout.rows}
            onChange={(event) => change({ rows: event.target.value as Layout["rows"] })}
          />
        )}
      </Field>
      <Seasons layout={layout} choices={choices} change={change} />
      <LayoutParts layout={layout} choices={choices} change={change} />
      {(["header", "footer"] as const).map((name) => (
        <Field key={name} label={t(name)} hint={name === "header" ? t("headerHint") : undefined}>
          {(control) => (
            <textarea
              {...control}
              className={inputs.area}
              rows={3}
              value={lines[name]}
              onChange={(event) => setLines({ ...lines, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Checkbox
        label={t("numbered")}
        checked={layout.numbered}
        onChange={(event) => change({ numbered: event.target.checked })}
      />
      <Checkbox
        label={t("hide")}
        checked={layout.emptyRows === "hide"}
        onChange={(event) => change({ emptyRows: event.target.checked ? "hide" : "show" })}
      />
    </CommandDialog>
  );
}
