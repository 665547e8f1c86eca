"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { getHouseholdAid } from "@/lib/features/households/client";
import type { HouseholdAid as Aid } from "@/lib/features/households/types";
import { formatFen } from "@/lib/kernel/money";
import styles from "./households.module.css";

type Props = {
  id: string;
  organisations: Record<string, string>;
  programmes: Record<string, string>;
};

function useSum() {
  const t = useTranslations("households.aid");
  return ({ amountFen, unpriced }: Pick<Aid["own"], "amountFen" | "unpriced">) => {
    const amount = amountFen === null ? t("unknown") : t("yuan", { amount: formatFen(BigInt(amountFen)) }); // prettier-ignore
    return unpriced > 0 && amountFen !== null
      ? amount + t("unpriced", { count: unpriced })
      : amount;
  };
}

/** What rosters gave this household: records within reach, and one sum of what stands elsewhere. */
export function HouseholdAid({ id, organisations, programmes }: Props) {
  const t = useTranslations("households.aid");
  const sumOf = useSum();
  const [aid, setAid] = useState<Aid | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    getHouseholdAid(id, leaving.signal).then(setAid, (error: unknown) => {
      if (!leaving.signal.aborted) setFailure(failureOf(error));
    });
    return () => leaving.abort();
  }, [id]);
  const { own, elsewhere } = aid ?? {};
  return (
    <Card title={t("title")} note={t("note")}>
      <FailureNote failure={failure} />
      {!aid && !failure && <p aria-live="polite">{t("loading")}</p>}
      {aid && own && elsewhere && (
        <div className="stack">
          <ul className={styles.list}>
            {own.lines > 0 && <li>{t("own", { lines: own.lines, amount: sumOf(own) })}</li>}
            {own.back.lines > 0 && (
              <li>
                {t("back", { lines: own.back.lines, amount: sumOf({ ...own.back, unpriced: 0 }) })}
              </li>
            )}
            {aid.items.length === 0 && <li>{t("none")}</li>}
            <li>
              {elsewhere.lines > 0
                ? t("elsewhere", { lines: elsewhere.lines, amount: sumOf(elsewhere) })
                : t("elsewhereNone")}
            </li>
            {elsewhere.back.lines > 0 && (
              <li>
                {t("backElsewhere", {
                  lines: elsewhere.back.lines,
                  amount: sumOf({ ...elsewhere.back, unpriced: 0 }),
                })}
              </li>
            )}
          </ul>
          {aid.items.length > 0 && (
            <FigureTable
              caption={t("caption")}
              columns={[
                { id: "record", header: t("record") },
                { id: "on", header: t("on") },
                { id: "programme", header: t("programme") },
                { id: "organisation", header: t("organisation") },
                { id: "lines", header: t("lines"), align: "end" },
                { id: "amount", header: t("amount"), align: "end" },
                { id: "status", header: t("status") },
              ]}
              rows={aid.items.map((one) => ({
                key: one.id,
                cells: [
                  { value: one.reference, href: `/disbursements/${one.id}` },
                  one.on,
                  programmes[one.programme] ?? one.programme,
                  organisations[one.organisation] ?? one.organisation,
                  one.lines,
                  one.amountFen === null ? t("unknown") : formatFen(BigInt(one.amountFen)),
                  one.back.lines > 0
                    ? t("withBack", { status: t(one.status), count: one.back.lines })
                    : t(one.status),
                ],
              }))}
            />
          )}
          {aid.more && <p className={styles.quiet}>{t("more")}</p>}
        </div>
      )}
    </Card>
  );
}
