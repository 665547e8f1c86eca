"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { DayField } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select, type SelectOption } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { useToast } from "@/components/ui/toast";
import { createAllotment } from "@/lib/features/allotments/client";
import { SOURCE_KINDS } from "@/lib/features/allotments/types";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { readDate } from "@/lib/kernel/date-reading";
import { civilDateInChina, type CivilDate } from "@/lib/kernel/fiscal-year";
import { formatFen } from "@/lib/kernel/money";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";

export type AddChoices = {
  year: number;
  organisation: string;
  organisations: OrganisationSource;
  years: SelectOption[];
  fundSources: SelectOption[];
  programmes: SelectOption[];
};

type AddDialogProps = AddChoices & {
  /** Where the money is for one project, what is fixed by it is not asked for. */
  project?: { id: string; fundSource: string; description: string } | undefined;
  onClose: () => void;
  onDone: () => void;
};

type Typed = {
  organisation: string;
  year: string;
  fundSource: string;
  programme: string;
  amount: string;
  receivedOn: string;
  purpose: string;
  document: string;
  sourceKind: string;
  note: string;
};

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

function bodyOf(typed: Typed, fen: bigint, receivedOn: CivilDate | null) {
  return {
    organisation: typed.organisation,
    fiscalYear: Number(typed.year),
    fundSource: typed.fundSource,
    programme: orNull(typed.programme),
    amountFen: fen.toString(),
    receivedOn,
    purpose: orNull(typed.purpose),
    documentNumber: orNull(typed.document),
    sourceKind: SOURCE_KINDS.find((kind) => kind === typed.sourceKind) ?? null,
    note: orNull(typed.note),
  };
}

export function AddDialog(props: AddDialogProps) {
  const { organisations, years, fundSources, programmes, onClose, onDone } = props;
  const t = useTranslations("allotments.add");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [attempted, setAttempted] = useState(false);
  const [today] = useState(() => civilDateInChina(new Date()));
  const [typed, setTyped] = useState<Typed>({
    organisation: props.organisation,
    year: String(props.year),
    fundSource: props.project?.fundSource ?? "",
    programme: "",
    amount: "",
    receivedOn: "",
    purpose: "",
    document: "",
    sourceKind: "",
    note: "",
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const parsed = parseAmount(typed.amount);
  const fen = parsed.ok && parsed.fen > 0n ? parsed.fen : null;
  const amountError = attempted && fen === null ? t("amountWrong") : errorOf("amountFen");
  const sourceError = attempted && typed.fundSource === "" ? t("required") : errorOf("fundSource");

  async function save() {
    setAttempted(true);
    const received = readDate(typed.receivedOn, today);
    if (fen === null || typed.fundSource === "" || received.kind === "unread") return;
    const { project } = props;
    const body = {
      ...bodyOf(typed, fen, received.kind === "date" ? received.date : null),
      ...(project ? { project: project.id } : {}),
    };
    const outcome = await command.run((send) => send(createAllotment, { body }));
    // Refused because an earlier attempt had been taken after all: it stands in the list behind.
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("saved", { amount: formatFen(fen) }));
    onDone();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("save")}
      onConfirm={() => void save()}
    >
      {props.project ? (
        <p>
          <strong>{props.project.description}</strong>
        </p>
      ) : (
        <Whose {...{ organisations, years, fundSources, typed, change, errorOf, sourceError }} />
      )}
      {errorOf("project") && <p role="alert">{errorOf("project")}</p>}
      <AmountField
        label={t("amount")}
        hint={t("amountHint")}
        required
        error={amountError}
        text={typed.amount}
        fen={fen}
        onText={(text) => change({ amount: text })}
      />
      <Details
        typed={typed}
        today={today}
        programmes={programmes}
        change={change}
        errorOf={errorOf}
      />
    </CommandDialog>
  );
}

type WhoseProps = Pick<AddChoices, "organisations" | "years" | "fundSources"> &
  Pick<DetailsProps, "typed" | "change" | "errorOf"> & { sourceError: string | undefined };

/** Whose money it is, of which year and source. */
function Whose(props: WhoseProps) {
  const { organisations, years, fundSources, typed, change, errorOf, sourceError } = props;
  const t = useTranslations("allotments.add");
  const common = useTranslations("common");
  return (
    <>
      <Field label={t("organisation")} required error={errorOf("organisation")}>
        {(control) => (
          <OrganisationPicker
            {...control}
            source={organisations}
            value={typed.organisation}
            onChange={(organisation) => change({ organisation })}
          />
        )}
      </Field>
      <FieldRow>
        <Field label={t("year")} required error={errorOf("fiscalYear")}>
          {(control) => (
            <Select
              {...control}
              options={years}
              value={typed.year}
              onChange={(event) => change({ year: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("fundSource")} required error={sourceError}>
          {(control) => (
            <Select
              {...control}
              placeholder={common("choose")}
              options={fundSources}
              value={typed.fundSource}
              onChange={(event) => change({ fundSource: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
    </>
  );
}

type DetailsProps = {
  typed: Typed;
  today: CivilDate;
  programmes: SelectOption[];
  change: (part: Partial<Typed>) => void;
  errorOf: (name: string) => string | undefined;
};

/** What is good to know, but not always known. */
function Details({ typed, today, programmes, change, errorOf }: DetailsProps) {
  const t = useTranslations("allotments.add");
  const kinds = useTranslations("allotments.list.sourceKind");
  return (
    <>
      <FieldRow>
        <DayField
          label={t("receivedOn")}
          optional
          error={errorOf("receivedOn")}
          text={typed.receivedOn}
          today={today}
          onText={(receivedOn) => change({ receivedOn })}
        />
        <Field label={t("programme")} optional error={errorOf("programme")}>
          {(control) => (
            <Select
              {...control}
              placeholder={t("programmeAny")}
              options={programmes}
              value={typed.programme}
              onChange={(event) => change({ programme: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field label={t("document")} optional error={errorOf("documentNumber")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={100}
              value={typed.document}
              onChange={(event) => change({ document: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("sourceKind")} optional error={errorOf("sourceKind")}>
          {(control) => (
            <Select
              {...control}
              placeholder={t("sourceKindAny")}
              options={SOURCE_KINDS.map((kind) => ({ value: kind, label: kinds(kind) }))}
              value={typed.sourceKind}
              onChange={(event) => change({ sourceKind: event.target.value })}
            />
          )}
        </Field>
      </FieldRow>
      <Field label={t("purpose")} optional error={errorOf("purpose")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={typed.purpose}
            onChange={(event) => change({ purpose: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("note")} optional error={errorOf("note")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={500}
            value={typed.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
