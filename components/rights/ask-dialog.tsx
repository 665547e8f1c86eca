"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { askRights } from "@/lib/features/rights/client";
import { RIGHTS_KINDS, RIGHTS_REASONS, type RightsKind } from "@/lib/features/rights/labels";
import type { AskRightsInput, RightsAsked } from "@/lib/features/rights/types";

type Typed = Record<"of" | "kind" | "organisation" | "file" | "record" | "line" | "reason" | "askedOn", string>; // prettier-ignore
type Props = {
  asked: RightsAsked;
  places: readonly { value: string; label: string }[];
  today: string;
  onClose: () => void;
};

function bodyOf(typed: Typed, today: string): AskRightsInput {
  const { of, organisation, file, record, line } = typed;
  const said = {
    reason: typed.reason as AskRightsInput["reason"],
    askedOn: dayIn(typed.askedOn, today),
  };
  return of === "line"
    ? { ...said, kind: "forget", record: record.trim(), line: Number(line) || null }
    : { ...said, kind: typed.kind as RightsKind, organisation, file: file.trim() };
}

/** Puts down what a person asked for: of which file or line, why, and when they asked. */
export function AskDialog({ asked, places, today, onClose }: Props) {
  const t = useTranslations("rights");
  const common = useTranslations("common");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [typed, setTyped] = useState<Typed>({
    ...{ of: asked.record ? "line" : "file", kind: asked.kind ?? "forget", file: asked.file ?? "" },
    organisation: asked.organisation ?? places[0]?.value ?? "",
    ...{ record: asked.record ?? "", line: "", reason: "", askedOn: today },
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));

  async function ask() {
    const body = bodyOf(typed, today);
    const outcome = await command.run((send) => send(askRights, { body }));
    if (!outcome.ok) return;
    toast(t("asked"));
    onClose();
    router.refresh();
  }

  const text = (name: "file" | "record" | "line", hint?: string) => (
    <Field label={t(name)} hint={hint} required error={errorOf(name)}>
      {(control) => (
        <TextInput
          {...control}
          autoComplete="off"
          inputMode={name === "line" ? "numeric" : undefined}
          maxLength={name === "line" ? 5 : 40}
          value={typed[name]}
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );
  const choose = (
    name: "of" | "kind" | "organisation" | "reason",
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <Field label={label} required error={errorOf(name)}>
      {(control) => (
        <Select
          {...control}
          placeholder={name === "reason" ? common("choose") : undefined}
          options={[...options]}
          value={typed[name]}
          onChange={({ target }) => change({ [name]: target.value })}
        />
      )}
    </Field>
  );
  const isLine = typed.of === "line";
  return (
    <CommandDialog
      command={command}
      title={t("askTitle")}
      confirm={t("send")}
      onClose={onClose}
      onConfirm={() => void ask()}
    >
      <FieldRow>
        {choose("of", t("of"), [
          { value: "file", label: t("ofFile") },
          { value: "line", label: t("ofLine") },
        ])}
        {!isLine &&
          choose(
            "kind",
            t("kindLabel"),
            RIGHTS_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          )}
      </FieldRow>
      <p className="quiet">{t(`what.${isLine ? "forget" : (typed.kind as RightsKind)}`)}</p>
      {!isLine && choose("organisation", t("organisation"), places)}
      <FieldRow>
        {isLine ? text("record", t("recordHint")) : text("file")}
        {isLine && text("line")}
      </FieldRow>
      <FieldRow>
        {choose(
          "reason",
          t("reason"),
          RIGHTS_REASONS.map((value) => ({ value, label: t(`reasonOf.${value}`) })),
        )}
        <DayField
          label={t("askedOn")}
          required
          error={errorOf("askedOn")}
          text={typed.askedOn}
          today={today}
          onText={(askedOn) => change({ askedOn })}
        />
      </FieldRow>
      <p className="quiet">{t("otherDecides")}</p>
    </CommandDialog>
  );
}
