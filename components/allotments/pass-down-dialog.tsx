"use client";

import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { AmountField } from "@/components/form/amount-field";
import { DayField, dayIn } from "@/components/form/day-field";
import { Field } from "@/components/form/field";
import { FieldRow } from "@/components/form/form-layout";
import { TextInput } from "@/components/form/text-input";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import type { OrganisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { passDownAllotment } from "@/lib/features/allotments/client";
import { LOWER_KINDS } from "@/lib/kernel/actor";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { formatFen } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import styles from "./allotments.module.css";
import { ProjectChoice } from "./project-choice";

export type Given = {
  id: string;
  /** Organisation, source and amount, so that it is the right one. */
  description: string;
  leftFen: string;
  year: number;
  fundSource: string;
  locale: Locale;
  onClose: () => void;
};

type Part = Record<"organisation" | "amount" | "purpose" | "project", string> & { key: number };
const newPart = (key: number): Part => ({
  ...{ key, organisation: "", amount: "", purpose: "", project: "" },
});

const fenOf = (text: string): bigint | null => {
  const parsed = parseAmount(text);
  return parsed.ok && parsed.fen > 0n ? parsed.fen : null;
};

/** 下拨: several organisations by one document, and what would be left while one types. */
export function PassDownDialog(props: Given) {
  const { id, description, leftFen, locale, onClose } = props;
  const t = useTranslations("allotments.passDown");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const { errorOf } = command;
  const [today] = useState(() => civilDateInChina(new Date()));
  const [attempted, setAttempted] = useState(false);
  const [parts, setParts] = useState<readonly Part[]>([newPart(0)]);
  const [document, setDocument] = useState("");
  const [day, setDay] = useState<string>(today);
  const required = useTranslations("allotments.add")("required");
  const missing = (value: string) => (attempted && value.trim() === "" ? required : undefined);
  const given = parts.reduce((sum, { amount }) => sum + (fenOf(amount) ?? 0n), 0n);
  const rest = BigInt(leftFen) - given;
  const change = (key: number, more: Partial<Part>) =>
    setParts((before) => before.map((one) => (one.key === key ? { ...one, ...more } : one)));

  async function confirm() {
    setAttempted(true);
    const to = parts.map(({ organisation, amount, purpose, project }) => ({
      organisation,
      amountFen: (fenOf(amount) ?? 0n).toString(),
      purpose: purpose.trim() || null,
      project: project || null,
    }));
    const passedOn = dayIn(day, today);
    const isWhole = to.every((one) => one.organisation !== "" && one.amountFen !== "0");
    if (!isWhole || document.trim() === "" || passedOn === "" || rest < 0n) return;
    const body = { to, documentNumber: document.trim(), passedOn };
    const outcome = await command.run((send) => send(passDownAllotment, { id, body }));
    if (outcome.ok || outcome.decided) router.refresh();
    if (!outcome.ok) return;
    toast(t("done", { amount: formatFen(given) }));
    onClose();
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("title")}
      confirm={t("confirm")}
      size="wide"
      onConfirm={() => void confirm()}
    >
      <p>
        <strong>{description}</strong>
      </p>
      {parts.map((part, at) => (
        <PartFields
          key={part.key}
          part={part}
          locale={locale}
          year={props.year}
          fundSource={props.fundSource}
          errors={{
            organisation: missing(part.organisation) ?? errorOf(`to.${at}.organisation`),
            amount:
              attempted && fenOf(part.amount) === null
                ? t("amountWrong")
                : errorOf(`to.${at}.amountFen`),
            project: errorOf(`to.${at}.project`),
          }}
          onChange={(more) => change(part.key, more)}
          onRemove={
            parts.length > 1
              ? () => setParts((before) => before.filter(({ key }) => key !== part.key))
              : undefined
          }
        />
      ))}
      <div className={styles.running}>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => setParts([...parts, newPart(Math.max(...parts.map((p) => p.key)) + 1)])}
        >
          {t("another")}
        </Button>
        <output data-over={rest < 0n ? "" : undefined}>
          {t(rest < 0n ? "over" : "rest", {
            left: formatFen(BigInt(leftFen)),
            given: formatFen(given),
            rest: formatFen(rest < 0n ? -rest : rest),
          })}
        </output>
      </div>
      {errorOf("to") && <p role="alert">{errorOf("to")}</p>}
      <FieldRow>
        <Field
          label={t("document")}
          required
          error={missing(document) ?? errorOf("documentNumber")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={100}
              value={document}
              onChange={(event) => setDocument(event.target.value)}
            />
          )}
        </Field>
        <DayField
          label={t("day")}
          required
          error={missing(day) ?? errorOf("passedOn")}
          text={day}
          today={today}
          onText={setDay}
        />
      </FieldRow>
    </CommandDialog>
  );
}

type PartFieldsProps = Pick<Given, "locale" | "year" | "fundSource"> & {
  part: Part;
  errors: Record<"organisation" | "amount" | "project", string | undefined>;
  onChange: (more: Partial<Part>) => void;
  onRemove: (() => void) | undefined;
};

function PartFields(props: PartFieldsProps) {
  const { part, locale, errors, onChange, onRemove } = props;
  const t = useTranslations("allotments.passDown");
  const source: OrganisationSource = {
    ask: { active: "true", kind: [...LOWER_KINDS] },
    chosen: undefined,
    locale,
  };
  const fen = fenOf(part.amount);
  return (
    <div className={styles.part}>
      <Field label={t("organisation")} required error={errors.organisation}>
        {(control) => (
          <OrganisationPicker
            {...control}
            source={source}
            value={part.organisation}
            onChange={(organisation) => onChange({ organisation, project: "" })}
          />
        )}
      </Field>
      <AmountField
        label={t("amount")}
        required
        error={errors.amount}
        text={part.amount}
        fen={fen}
        onText={(text) => onChange({ amount: text })}
      />
      <Field label={t("purpose")} optional>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={part.purpose}
            onChange={(event) => onChange({ purpose: event.target.value })}
          />
        )}
      </Field>
      <ProjectChoice
        organisation={part.organisation}
        year={props.year}
        fundSource={props.fundSource}
        value={part.project}
        error={errors.project}
        onChange={(project) => onChange({ project })}
      />
      {onRemove && (
        <Button
          variant="quiet"
          size="small"
          icon={<X size={14} aria-hidden />}
          aria-label={t("remove")}
          onClick={onRemove}
        />
      )}
    </div>
  );
}
