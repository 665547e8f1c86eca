"use client";

import { AmountEcho, AmountInput } from "@/components/form/amount-input";
import { Combobox } from "@/components/form/combobox";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { Select, type SelectOption } from "@/components/form/select";
import { DateInput, TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { failureOf, newIdempotencyKey, type Failure } from "@/lib/browser/api-client";
import { createAllotment } from "@/lib/features/allotments/client";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { formatFen, parseAmount } from "@/lib/kernel/money";
import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";

export type AddChoices = {
  year: number;
  organisation: string;
  organisations: SelectOption[];
  years: SelectOption[];
  fundSources: SelectOption[];
  programmes: SelectOption[];
};

type AddDialogProps = AddChoices & { onClose: () => void; onDone: () => void };

type Typed = {
  organisation: string;
  year: string;
  fundSource: string;
  programme: string;
  amount: string;
  receivedOn: string;
  purpose: string;
  note: string;
};

const FORM_ID = "add-allotment";
const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

function useAdd({ onDone }: Pick<AddDialogProps, "onDone">) {
  const t = useTranslations("allotments.add");
  const show = useToast();
  // One intent, one key: pressing again after a lost answer records nothing twice.
  const key = useRef<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function save(typed: Typed, fen: bigint) {
    setBusy(true);
    setFailure(null);
    key.current ??= newIdempotencyKey();
    try {
      await createAllotment({
        idempotencyKey: key.current,
        body: {
          organisation: typed.organisation,
          fiscalYear: Number(typed.year),
          fundSource: typed.fundSource,
          programme: orNull(typed.programme),
          amountFen: fen.toString(),
          receivedOn: orNull(typed.receivedOn),
          purpose: orNull(typed.purpose),
          note: orNull(typed.note),
        },
      });
      show(t("saved", { amount: formatFen(fen) }));
      onDone();
    } catch (error) {
      const failed = failureOf(error);
      // A refusal is an answer: what is corrected and sent again is a new intent.
      if (failed.code === "VALIDATION") key.current = null;
      setFailure(failed);
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, save };
}

export function AddDialog(props: AddDialogProps) {
  const { organisations, years, fundSources, programmes, onClose } = props;
  const t = useTranslations("allotments.add");
  const common = useTranslations("common");
  const errors = useTranslations("errors.code");
  const { busy, failure, save } = useAdd(props);
  const [attempted, setAttempted] = useState(false);
  const [typed, setTyped] = useState<Typed>({
    organisation: props.organisation,
    year: String(props.year),
    fundSource: "",
    programme: "",
    amount: "",
    receivedOn: "",
    purpose: "",
    note: "",
  });
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const parsed = parseAmount(typed.amount);
  const fen = parsed.ok && parsed.fen > 0n ? parsed.fen : null;
  const fieldError = (name: string) => failure?.fieldErrors[name]?.join(" ");
  const amountError = attempted && fen === null ? t("amountWrong") : fieldError("amountFen");
  const sourceError =
    attempted && typed.fundSource === "" ? t("required") : fieldError("fundSource");

  function submit(event: FormEvent) {
    event.preventDefault();
    setAttempted(true);
    if (fen === null || typed.fundSource === "" || busy) return;
    void save(typed, fen);
  }

  return (
    <Dialog
      open
      busy={busy}
      onClose={onClose}
      title={t("title")}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {common("cancel")}
          </Button>
          <Button type="submit" form={FORM_ID} variant="primary" busy={busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} className="stack" onSubmit={submit} noValidate>
        {failure && (
          <Callout tone="danger" live>
            {t("failed", { reason: errors(failure.code) })}
          </Callout>
        )}
        <Field label={t("organisation")} required error={fieldError("organisation")}>
          {(control) => (
            <Combobox
              {...control}
              options={organisations}
              value={typed.organisation}
              onChange={(organisation) => change({ organisation })}
            />
          )}
        </Field>
        <FieldRow>
          <Field label={t("year")} required error={fieldError("fiscalYear")}>
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
        <Field
          label={t("amount")}
          hint={t("amountHint")}
          required
          error={amountError}
          aside={
            <AmountEcho
              echo={fen === null ? null : formatFen(fen)}
              capital={fen === null ? null : capitalAmount(fen)}
            />
          }
        >
          {(control) => (
            <AmountInput
              {...control}
              value={typed.amount}
              onChange={(event) => change({ amount: event.target.value })}
            />
          )}
        </Field>
        <Details typed={typed} programmes={programmes} change={change} fieldError={fieldError} />
      </form>
    </Dialog>
  );
}

type DetailsProps = {
  typed: Typed;
  programmes: SelectOption[];
  change: (part: Partial<Typed>) => void;
  fieldError: (name: string) => string | undefined;
};

/** What is good to know, but not always known. */
function Details({ typed, programmes, change, fieldError }: DetailsProps) {
  const t = useTranslations("allotments.add");
  return (
    <>
      <FieldRow>
        <Field label={t("receivedOn")} optional error={fieldError("receivedOn")}>
          {(control) => (
            <DateInput
              {...control}
              value={typed.receivedOn}
              onChange={(event) => change({ receivedOn: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("programme")} optional error={fieldError("programme")}>
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
      <Field label={t("purpose")} optional error={fieldError("purpose")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={typed.purpose}
            onChange={(event) => change({ purpose: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("note")} optional error={fieldError("note")}>
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
