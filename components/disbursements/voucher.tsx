import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SeasonTag, type Season } from "@/components/ui/badge";
import { labelKey } from "@/lib/features/disbursements/labels";
import { capitalText } from "@/lib/features/disbursements/present";
import { moneyText, momentText } from "@/lib/kernel/written";
import { nameOf, type Names } from "@/lib/features/reference/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Programme } from "@/lib/features/reference/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import { OWN_TEXTS } from "@/lib/kernel/record-fields";
import type { Locale } from "@/lib/kernel/preferences";
import { AmountView } from "./amount-view";
import { CountsView, RateView, SharesView, WhenView } from "./facts";
import styles from "./voucher.module.css";

function Line({ term, wide, children }: { term: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? styles.wide : styles.line}>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.detail}>{children}</dd>
    </div>
  );
}

export type VoucherProps = {
  record: DisbursementDetail;
  names: Names;
  programme: Programme | undefined;
  unit: MoneyUnit;
};

function Classification({ record, names, programme }: Omit<VoucherProps, "unit">) {
  const t = useTranslations("disbursement.field");
  const labels = useTranslations("labels");
  const dash = useTranslations("common")("missing");
  const season = (programme?.season ?? "other").toUpperCase() as Season;
  return (
    <>
      <Line term={t("programme")}>
        <SeasonTag season={season}>{names.programme(record.programme)}</SeasonTag>
        {record.campaign && <span className="quiet"> {names.campaign(record.campaign)}</span>}
      </Line>
      <Line term={t("form")}>{record.form ? labels(labelKey("form", record.form)) : dash}</Line>
      <Line term={t("aidCategory")}>
        {record.aidCategory ? names.aidCategory(record.aidCategory) : dash}
      </Line>
      <Line term={t("recipientKind")}>
        {record.recipientKind ? names.recipientKind(record.recipientKind) : dash}
      </Line>
    </>
  );
}

function Money({ record, names, unit }: Omit<VoucherProps, "programme">) {
  const t = useTranslations("disbursement.field");
  const parts = useTranslations("disbursement.amount");
  const units = useTranslations("disbursement.unit");
  const capital = capitalText(record);
  const { cashFen, goodsFen } = record;
  return (
    <>
      <Line term={t("amount")} wide>
        <div className={styles.amount}>
          <strong className={styles.figure}>
            <AmountView row={record} unit={unit} />
          </strong>
          {capital && <span className={styles.capital}>{capital}</span>}
        </div>
        {record.amountKind === "estimated" && record.amountWording && (
          <p className="quiet">{parts("wording", { wording: record.amountWording })}</p>
        )}
        {cashFen !== null && goodsFen !== null && (
          <p className="quiet">
            {parts("parts", {
              cash: moneyText(cashFen, unit),
              goods: moneyText(goodsFen, unit),
              unit: units(unit),
            })}
          </p>
        )}
      </Line>
      {record.rate && (
        <Line term={t("rate")} wide>
          <RateView rate={record.rate} counts={record.counts} />
        </Line>
      )}
      <Line term={t("shares")} wide>
        <SharesView shares={record.shares} names={names} unit={unit} />
      </Line>
    </>
  );
}

/** Who entered, submitted and approved it, where a paper voucher has its signatures. */
function Signatures({ record }: { record: DisbursementDetail }) {
  const t = useTranslations("disbursement.signed");
  const locale = useLocale() as Locale;
  const round = Math.max(0, ...record.steps.map((step) => step.round));
  const given = record.steps.filter((step) => step.action === "approve" && step.round === round);
  const submitted = record.steps.filter((step) => step.action === "submit").at(-1);
  const approvals = Array.from({ length: record.approvalsNeeded }, (_, index) => given[index]);
  return (
    <dl className={styles.signatures}>
      <div>
        <dt>{t("entered")}</dt>
        <dd>{nameOf(submitted?.actor ?? record.createdBy, locale)}</dd>
        <dd className="quiet">{momentText(submitted?.at ?? record.createdAt).slice(0, 10)}</dd>
      </div>
      {approvals.map((step, index) => (
        <div key={index}>
          <dt>{t(index === 0 ? "approved" : "approvedAgain")}</dt>
          <dd>{step ? nameOf(step.actor, locale) : t("open")}</dd>
          {step && <dd className="quiet">{momentText(step.at).slice(0, 10)}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Where the paper is signed by hand. */
function SigningLines() {
  const t = useTranslations("disbursement.signing");
  return (
    <div className={styles.signing}>
      {(["prepared", "reviewed", "led"] as const).map((part) => (
        <span key={part}>{t(part)}</span>
      ))}
    </div>
  );
}

/** The record as a voucher: ruled lines, the amount in figures and in capitals, signatures at the foot. */
export function Voucher({ record, names, programme, unit }: VoucherProps) {
  const t = useTranslations("disbursement");
  const labels = useTranslations("labels");
  return (
    <article className={styles.voucher} aria-label={t("voucher")}>
      <header className={styles.head}>
        <p className={styles.organisation}>{names.organisation(record.organisation)}</p>
        <p className={styles.title}>{t("voucher")}</p>
        <p className={styles.number}>
          {t("number", { reference: record.reference })}
          <span className="print-only">
            {labels(labelKey("status", record.status))}
            {record.entryKind !== "original" &&
              ` · ${labels(labelKey("entryKind", record.entryKind))}`}
          </span>
        </p>
      </header>
      <dl className={styles.lines}>
        <Line term={t("field.when")}>
          <WhenView row={record} />
        </Line>
        <Line term={t("field.year")}>{t("year", { year: record.fiscalYear })}</Line>
        <Classification record={record} names={names} programme={programme} />
        <Money record={record} names={names} unit={unit} />
        <Line term={t("field.counts")} wide>
          <CountsView counts={record.counts} mainUnit={programme?.mainUnit} />
        </Line>
        {OWN_TEXTS.map((name) => (
          <Line key={name} term={labels(`field.${name}`)} wide>
            {record[name] ?? <span className="quiet">{t("noNote")}</span>}
          </Line>
        ))}
        {record.sourceCitation && (
          <Line term={t("field.source")} wide>
            {t("citation", { citation: record.sourceCitation, ref: record.sourceRef ?? "" })}
          </Line>
        )}
      </dl>
      <Signatures record={record} />
      <SigningLines />
    </article>
  );
}
