"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select } from "@/components/form/select";
import { TextArea, TextInput } from "@/components/form/text-input";
import { useToast } from "@/components/ui/toast";
import { addHouseholdEvent } from "@/lib/features/households/client";
import { CONSENTS, isTurn, TIERS, TURN_REASONS, type Consent, type EventKind, type Tier } from "@/lib/features/households/labels"; // prettier-ignore
import type { Household, HouseholdRow } from "@/lib/features/households/types";
import { useWords } from "./use-words";

type Typed = Record<
  "kind" | "on" | "year" | "tier" | "reason" | "consent" | "dueOn" | "visitors" | "note",
  string
>;
type Props = {
  file: Pick<HouseholdRow, "id" | "version" | "code" | "tier">;
  kinds: readonly EventKind[];
  today: string;
  onClose: () => void;
  onDone: (file: Household) => void;
};

const orNull = (text: string) => text.trim() || null;
const HAS_DAY: readonly string[] = ["visit", "consent", "lifted", "returned"];
const HAS_TIER: readonly string[] = ["tier", "returned"];
const HAS_CONSENT: readonly string[] = ["consent", "consent-ended"];

/** What is sent of what was typed: only what this kind of event has room for. */
function bodyOf(typed: Typed, version: number, today: string) {
  const kind = typed.kind as EventKind;
  return {
    ...{ version, kind, on: dayIn(typed.on, today) },
    year: kind === "tier" ? Number(typed.year) : null,
    tier: HAS_TIER.includes(kind) ? (orNull(typed.tier) as Tier | null) : null,
    reason: isTurn(kind) ? orNull(typed.reason) : null,
    consent: HAS_CONSENT.includes(kind) ? (orNull(typed.consent) as Consent | null) : null,
    dueOn: HAS_DAY.includes(kind) && typed.dueOn.trim() ? dayIn(typed.dueOn, today) : null,
    visitors: kind === "visit" ? orNull(typed.visitors) : null,
    note: orNull(typed.note),
  };
}

/** 登记变动: what happened, when, and what its kind asks for. */
export function EventDialog({ file, kinds, today, onClose, onDone }: Props) {
  const t = useTranslations("households.happen");
  const common = useTranslations("common");
  const { say, options } = useWords();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [typed, setTyped] = useState<Typed>({
    ...{ kind: kinds[0] ?? "visit", on: today, year: today.slice(0, 4), tier: file.tier },
    ...{ reason: "", consent: "", dueOn: "", visitors: "", note: "" },
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const { kind } = typed;

  async function save() {
    const body = bodyOf(typed, file.version, today);
    const outcome = await command.run((send) => send(addHouseholdEvent, { id: file.id, body }));
    if (!outcome.ok) return;
    toast(t("saved"));
    onClose();
    onDone(outcome.answer);
  }

  const choose = (name: "kind" | "tier" | "reason" | "consent", codes: readonly string[]) => (
    <Field label={t(name)} required error={errorOf(name)}>
      {(control) => (
        <Select
          {...control}
          placeholder={name === "kind" ? undefined : common("choose")}
          options={options(name === "kind" ? "event" : name, codes)}
          value={typed[name]}
          onChange={(event) =>
            change({ [name]: event.target.value, ...(name === "kind" ? { reason: "" } : {}) })
          }
        />
      )}
    </Field>
  );
  const single = kinds.length === 1;
  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={single ? `${say("event")(kind)} — ${file.code}` : t("title", { code: file.code })}
      confirm={t("save")}
      tone={kind === "closed" ? "danger" : "primary"}
      onConfirm={() => void save()}
    >
      {!single && choose("kind", kinds)}
      {kind === "closed" && <p>{t("closedHint")}</p>}
      <FieldRow>
        <DayField
          label={t("on")}
          required
          error={errorOf("on")}
          text={typed.on}
          today={today}
          onText={(on) => change({ on })}
        />
        {kind === "tier" && (
          <Field label={t("year")} required error={errorOf("year")}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                maxLength={4}
                value={typed.year}
                onChange={(event) => change({ year: event.target.value })}
              />
            )}
          </Field>
        )}
        {isTurn(kind) && choose("reason", TURN_REASONS[kind])}
      </FieldRow>
      {HAS_TIER.includes(kind) && choose("tier", TIERS)}
      {HAS_CONSENT.includes(kind) && choose("consent", CONSENTS)}
      {HAS_DAY.includes(kind) && (
        <DayField
          label={kind === "consent" ? t("until") : t("dueOn")}
          optional
          planned
          error={errorOf("dueOn")}
          text={typed.dueOn}
          today={today}
          onText={(dueOn) => change({ dueOn })}
        />
      )}
      {kind === "lifted" && <p className="quiet">{t("liftedHint")}</p>}
      {kind === "visit" && (
        <Field label={t("visitors")} optional error={errorOf("visitors")}>
          {(control) => (
            <TextInput
              {...control}
              autoComplete="off"
              maxLength={120}
              value={typed.visitors}
              onChange={(event) => change({ visitors: event.target.value })}
            />
          )}
        </Field>
      )}
      <Field label={t("note")} hint={t("noteHint")} optional error={errorOf("note")}>
        {(control) => (
          <TextArea
            {...control}
            maxLength={500}
            value={typed.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
    </CommandDialog>
  );
}
