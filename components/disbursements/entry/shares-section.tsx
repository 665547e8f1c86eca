"use client";

import { Check, CircleAlert, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { AmountInput } from "@/components/form/amount-input";
import { Combobox } from "@/components/form/combobox";
import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import type { Checked } from "@/lib/features/disbursements/schema";
import { nameOf } from "@/lib/features/reference/present";
import { formatFen } from "@/lib/kernel/money";
import { hasAmount } from "@/lib/kernel/record-codes";
import { fieldId, useEntryFields } from "./entry-context";
import { focusSoon } from "./keyboard";
import { keywordsOf } from "./keywords";
import { EMPTY_SHARE } from "@/lib/features/entry/present";
import type { ShareValues } from "@/lib/features/entry/types";
import { Section } from "./section";
import styles from "./shares-section.module.css";

/** 到位 − 已审 − 待审, of the organisation and what stands below it. */
function SourceLeft({ left }: { left: Checked["sources"][number] }) {
  const t = useTranslations("entry.shares");
  const fen = (text: string) => formatFen(BigInt(text));
  const { receivedFen, leftFen } = left;
  const spent = { approved: fen(left.approvedFen), waiting: fen(left.waitingFen) };
  return (
    <output>
      {receivedFen === null || leftFen === null
        ? t("leftUnknown", spent)
        : t("left", { ...spent, received: fen(receivedFen), left: fen(leftFen) })}
    </output>
  );
}

function ShareRow({ index }: { index: number }) {
  const t = useTranslations("entry.shares");
  const { values, change, reading, errorOf, reference, locale, checked } = useEntryFields();
  const share = values.shares[index] ?? EMPTY_SHARE;
  const read = reading.shares[index];
  const alone = values.shares.length === 1;
  const set = (patch: Partial<ShareValues>) =>
    change({ shares: values.shares.map((row, at) => (at === index ? { ...row, ...patch } : row)) });
  const others = reading.sharesFen - (read?.fen ?? 0n);
  const rest = reading.amountFen === null ? null : reading.amountFen - others;
  const takesRest = rest !== null && rest > 0n && !alone && rest !== read?.fen;
  const number = index + 1;
  const left = checked?.sources.find(({ fundSource }) => fundSource === share.fundSource);
  const options = reference.fundSources
    .filter(({ active, code }) => active || code === share.fundSource)
    .map((source) => ({
      value: source.code,
      label: nameOf(source, locale),
      keywords: keywordsOf(source),
      ...(source.earmarked ? { note: t("earmarked") } : {}),
    }));
  return (
    <div className={styles.row} role="group" aria-label={t("row", { number })}>
      <Field
        id={fieldId(`shares.${index}.fundSource`)}
        label={alone ? t("source") : t("sourceNumber", { number })}
        error={errorOf(`shares.${index}.fundSource`)}
        hint={left && <SourceLeft left={left} />}
      >
        {(control) => (
          <Combobox
            {...control}
            placeholder={t("sourcePlaceholder")}
            options={options}
            value={share.fundSource}
            onChange={(fundSource) => set({ fundSource })}
            clearable
          />
        )}
      </Field>
      {hasAmount(values.amountKind) && (
        <Field
          id={fieldId(`shares.${index}.amountFen`)}
          label={t("amount")}
          error={errorOf(`shares.${index}.amountFen`)}
        >
          {(control) => (
            <AmountInput
              {...control}
              placeholder={read?.filled && read.fen !== null ? formatFen(read.fen) : undefined}
              value={share.amount}
              onChange={(event) => set({ amount: event.target.value })}
            />
          )}
        </Field>
      )}
      {!alone && (
        <div className={styles.rowActions}>
          {takesRest && (
            <Button
              size="small"
              onClick={() => {
                set({ amount: formatFen(rest) });
                focusSoon(fieldId(`shares.${index}.amountFen`));
              }}
            >
              {t("takeRest")}
            </Button>
          )}
          <Button
            variant="quiet"
            size="small"
            aria-label={t("remove", { number })}
            icon={<Trash2 aria-hidden />}
            onClick={() => {
              change({ shares: values.shares.filter((_, at) => at !== index) });
              focusSoon(fieldId("shares"));
            }}
          />
        </div>
      )}
    </div>
  );
}

/** The sum against the amount, as the clerk types. */
function SharesCheck() {
  const t = useTranslations("entry.shares");
  const { values, reading } = useEntryFields();
  const { amountFen, sharesFen, remainderFen } = reading;
  const chosen = values.shares.some((share) => share.fundSource !== "" || share.amount !== "");
  if (!chosen || amountFen === null || remainderFen === null) return null;
  const shown = { sum: formatFen(sharesFen), amount: formatFen(amountFen) };
  if (remainderFen === 0n) {
    return (
      <p className={styles.agrees} role="status">
        <Check size={16} aria-hidden />
        {t("agrees", shown)}
      </p>
    );
  }
  const gap = formatFen(remainderFen < 0n ? -remainderFen : remainderFen);
  return (
    <p className={styles.differs} role="status">
      <CircleAlert size={16} aria-hidden />
      {remainderFen > 0n ? t("short", { ...shown, gap }) : t("over", { ...shown, gap })}
    </p>
  );
}

export function SharesSection() {
  const t = useTranslations("entry.shares");
  const { values, change } = useEntryFields();
  if (values.amountKind === "none") return null;
  return (
    <Section title={t("title")} aside={values.shares.length === 1 ? t("wholeNote") : undefined}>
      {values.shares.map((_, index) => (
        <ShareRow key={index} index={index} />
      ))}
      <SharesCheck />
      <div>
        <Button
          variant="quiet"
          size="small"
          icon={<Plus aria-hidden />}
          disabled={values.shares.length >= 20}
          id={fieldId("shares")}
          onClick={() => {
            change({ shares: [...values.shares, EMPTY_SHARE] });
            focusSoon(fieldId(`shares.${values.shares.length}.fundSource`));
          }}
        >
          {t("add")}
        </Button>
      </div>
    </Section>
  );
}
