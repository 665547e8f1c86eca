"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Dispatch } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { labelKey } from "@/lib/features/disbursements/labels";
import { momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { AidForm, AmountKind } from "@/lib/kernel/record-codes";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { OWN_TEXTS } from "@/lib/kernel/record-fields";
import type { Locale } from "@/lib/kernel/preferences";
import { useEntryFields } from "./entry-context";
import type { EntryEvent } from "./entry-state";
import { entryOf } from "@/lib/features/entry/present";
import type { EntryValues } from "@/lib/features/entry/types";
import styles from "./stale-notice.module.css";

type Labels = (key: string) => string;
type Line = { field: string; mine: string; theirs: string };

/** One state of the form as short texts, field by field, so that two of them can stand side by side. */
function described(values: EntryValues, names: Names, labels: Labels): Record<string, string> {
  const form = values.form as AidForm | "";
  const day = values.dateKind === "day";
  const rate = [values.rateUnit, values.rateCount, values.rateTimes].filter((part) => part !== "");
  return {
    programme: names.programme(values.programme),
    campaign: names.campaign(values.campaign),
    aidCategory: names.aidCategory(values.aidCategory),
    recipientKind: names.recipientKind(values.recipientKind),
    form: form === "" ? "" : labels(labelKey("form", form)),
    paidOn: day ? values.paidOn : `${values.periodFrom} – ${values.periodTo}`,
    amountKind: labels(labelKey("amountKind", values.amountKind as AmountKind)),
    amountFen: values.amount,
    amountWording: values.amountWording,
    rate: rate.join(" × "),
    counts: COUNT_UNITS.filter((unit) => values.counts[unit] !== "")
      .map((unit) => `${values.counts[unit]} ${labels(`countUnit.${unit}`)}`)
      .join(" "),
    shares: values.shares
      .filter(({ fundSource }) => fundSource !== "")
      .map(({ fundSource, amount }) => `${names.fundSource(fundSource)} ${amount}`.trim())
      .join("；"),
    ...Object.fromEntries(OWN_TEXTS.map((name) => [name, values[name]])),
  };
}

function differences(mine: Record<string, string>, theirs: Record<string, string>): Line[] {
  return Object.keys(mine).flatMap((field) => {
    const [left = "", right = ""] = [mine[field], theirs[field]];
    return left === right ? [] : [{ field, mine: left, theirs: right }];
  });
}

/** Someone else saved this record meanwhile: what differs, side by side, and whose words stay. */
export function StaleNotice({
  theirs,
  dispatch,
}: {
  theirs: DisbursementDetail;
  dispatch: Dispatch<EntryEvent>;
}) {
  const t = useTranslations("entry.stale");
  const field = useTranslations("labels.field");
  const labels = useTranslations("labels");
  const locale = useLocale() as Locale;
  const { values, names } = useEntryFields();
  const lines = differences(
    described(values, names, labels),
    described(entryOf(theirs), names, labels),
  );
  const editable = theirs.actions.includes("edit");
  return (
    <Callout
      tone="danger"
      live
      title={t("title", {
        who: nameOf(theirs.lastEditedBy, locale),
        at: momentText(theirs.updatedAt),
        status: labels(labelKey("status", theirs.status)),
      })}
    >
      <p>{editable ? t("choose") : t("closed")}</p>
      {lines.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("field")}</th>
              <th scope="col">{t("mine")}</th>
              <th scope="col">{t("theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.field}>
                <th scope="row">{field(line.field)}</th>
                <td>{line.mine || "—"}</td>
                <td>{line.theirs || "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="row">
        {editable && (
          <Button size="small" onClick={() => dispatch({ type: "kept-mine" })}>
            {t("keepMine")}
          </Button>
        )}
        <Button size="small" onClick={() => dispatch({ type: "took-theirs" })}>
          {t("takeTheirs")}
        </Button>
      </div>
    </Callout>
  );
}
