import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AmountView } from "@/components/disbursements/amount-view";
import { AppLink } from "@/components/ui/app-link";
import { whenShort } from "@/lib/features/disbursements/present";
import type { Names } from "@/lib/features/reference/present";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import styles from "./record-list.module.css";

/** Records by what a clerk calls them: programme and day, the amount at the right. */
export function RecordList<Row extends DisbursementRow>({
  rows,
  names,
  unit,
  hrefOf,
  withOrganisation = false,
  more,
}: {
  rows: readonly Row[];
  names: Names;
  unit: MoneyUnit;
  hrefOf: (row: Row) => string;
  withOrganisation?: boolean;
  /** A second line under the record. */
  more?: (row: Row) => ReactNode;
}) {
  const t = useTranslations("workbench");
  const english = useLocale() === "en";
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} className={styles.row}>
          <div className={styles.words}>
            <AppLink href={hrefOf(row)} className={styles.name}>
              {withOrganisation
                ? `${names.organisation(row.organisation)}${english ? ", " : " · "}${names.programme(row.programme)}`
                : names.programme(row.programme)}
            </AppLink>
            <span className={styles.when}>{whenShort(row) ?? t("noDate")}</span>
            {more && <div className={styles.more}>{more(row)}</div>}
          </div>
          <AmountView row={row} unit={unit} />
        </li>
      ))}
    </ul>
  );
}
