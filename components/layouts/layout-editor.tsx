"use client";

import { Save } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Checkbox } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { FormErrorSummary } from "@/components/form/form-error-summary";
import { useLeavingAsks } from "@/components/form/use-leaving-asks";
import { FormActions } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import { layoutHref } from "@/lib/features/layouts/address";
import { createLayout, updateLayout } from "@/lib/features/layouts/client";
import type { Layout } from "@/lib/features/layouts/types";
import type { LayoutChoices } from "./layout-choices";
import { LayoutConditions } from "./layout-conditions";
import { draftOf, faultsOf, layoutOf, LINES, stands, type Faults, type LayoutDraft } from "./layout-draft"; // prettier-ignore
import { idOf } from "./layout-faults";
import { LayoutLines } from "./layout-lines";
import { LayoutParts } from "./layout-parts";
import styles from "./layouts.module.css";
import { TextPair } from "./text-pair";

type LayoutEditorProps = {
  layout: Layout;
  choices: LayoutChoices;
  /** The form that is changed; null: a new one. */
  kept: { id: string; version: number } | null;
  /** Where one goes without saving. */
  back: string;
};

/** Each fault with where it is, as one finds it on the page. */
function useFaultLines(faults: Faults, draft: LayoutDraft) {
  const t = useTranslations("layoutForms");
  const where = (place: string): string => {
    const [list, key, below, group] = place.split(".");
    if (list === "filter") return t("conditions");
    if (list === "header" || list === "footer" || list === "notes") return t(list);
    if (list !== "blocks") return "";
    const at = draft.blocks.findIndex((part) => part.key === key);
    if (at < 0) return t("parts");
    const part = t("part", { number: at + 1 });
    const of =
      below === "groups" ? draft.blocks[at]?.groups.findIndex((one) => one.key === group) : -1;
    return of === undefined || of < 0 ? part : t("columnOf", { part, number: of + 1 });
  };
  return Object.entries(faults).map(([place, said]) => {
    const at = where(place);
    return { fieldId: idOf(place), message: at === "" ? said : t("faultAt", { at, said }) };
  });
}

type PartProps = {
  draft: LayoutDraft;
  choices: LayoutChoices;
  faults: Faults;
  change: (next: Partial<LayoutDraft>) => void;
};

function Above({ draft, choices, faults, change }: PartProps) {
  const t = useTranslations("layoutForms");
  return (
    <>
      <TextPair
        place="title"
        faults={faults}
        label={t("title")}
        labelEn={t("titleEn")}
        hint={t("titleHint")}
        value={draft.title}
        max={60}
        required
        onChange={(title) => change({ title })}
      />
      <Field id={idOf("rows")} label={t("rows")} width="half" error={faults["rows"]}>
        {(control) => (
          <Select
            {...control}
            options={choices.axes}
            value={draft.rows}
            onChange={(event) => change({ rows: event.target.value as Layout["rows"] })}
          />
        )}
      </Field>
      <fieldset className={styles.group} id={idOf("filter")}>
        <legend>{t("conditions")}</legend>
        <LayoutConditions
          filter={draft.filter}
          choices={choices}
          faults={faults}
          onChange={(filter) => change({ filter })}
        />
      </fieldset>
    </>
  );
}

function Below({ draft, faults, change }: PartProps) {
  const t = useTranslations("layoutForms");
  return (
    <>
      {LINES.map((name) => (
        <LayoutLines
          key={name}
          name={name}
          lines={draft[name]}
          faults={faults}
          onChange={(next) => change({ [name]: next })}
        />
      ))}
      <div className={styles.pair}>
        <Checkbox
          label={t("numbered")}
          checked={draft.numbered}
          onChange={(event) => change({ numbered: event.target.checked })}
        />
        <Checkbox
          label={t("hide")}
          checked={draft.emptyRows === "hide"}
          onChange={(event) => change({ emptyRows: event.target.checked ? "hide" : "show" })}
        />
      </div>
    </>
  );
}

/** A form as its province draws it: title, conditions, lines, groups of columns, what stands above and below. */
export function LayoutEditor({ kept, choices, back, layout }: LayoutEditorProps) {
  const t = useTranslations("layoutForms");
  const tCommon = useTranslations("common");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [first] = useState(() => draftOf(layout));
  const [draft, setDraft] = useState(first);
  const [refused, setRefused] = useState<{ faults: Faults; attempt: number }>({
    faults: {},
    attempt: 0,
  });
  const [saved, setSaved] = useState(false);
  useLeavingAsks(draft !== first && !saved);
  const faults = Object.fromEntries(
    Object.entries(refused.faults).filter(([place]) => stands(place, draft)),
  );
  const lines = useFaultLines(faults, draft);
  const change = (next: Partial<LayoutDraft>) => setDraft((now) => ({ ...now, ...next }));

  async function save() {
    const whole = layoutOf(draft);
    const outcome = await command.run((send) =>
      kept === null
        ? send(createLayout, { body: { layout: whole } })
        : send(updateLayout, { id: kept.id, body: { version: kept.version, layout: whole } }),
    );
    if (!outcome.ok) {
      const said = faultsOf(outcome.failure?.fieldErrors ?? {}, draft);
      return setRefused(({ attempt }) => ({ faults: said, attempt: attempt + 1 }));
    }
    setSaved(true);
    toast(t("saved", { name: whole.title.zh }));
    router.push(layoutHref(outcome.answer.id) as Route);
    router.refresh();
  }

  const parts = { draft, choices, faults, change };
  return (
    // no button submits it: Enter in a line is no wish to be done
    <form className="stack" noValidate onSubmit={(event) => event.preventDefault()}>
      <div id={idOf("")} tabIndex={-1} className={styles.whole}>
        <FormErrorSummary errors={lines} attempt={refused.attempt} />
        {lines.length === 0 && <FailureNote failure={command.failure} />}
      </div>
      <Above {...parts} />
      <LayoutParts
        rows={draft.rows}
        parts={draft.blocks}
        choices={choices}
        faults={faults}
        onChange={(blocks) => change({ blocks })}
      />
      <Below {...parts} />
      <FormActions>
        <Button
          variant="primary"
          icon={<Save size={16} aria-hidden />}
          busy={command.busy}
          onClick={() => void save()}
        >
          {t(command.busy ? "saving" : "save")}
        </Button>
        <LinkButton href={back}>{tCommon("cancel")}</LinkButton>
      </FormActions>
    </form>
  );
}
