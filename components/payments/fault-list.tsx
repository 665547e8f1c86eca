"use client";

import { useTranslations } from "next-intl";
import type { Failure } from "@/lib/browser/api-client";
import styles from "./payments.module.css";

/** So many at once; the rest is named when these are mended. */
const SHOWN = 20;

/** What is wrong row by row, as the server said it. */
export function FaultList({ failure }: { failure: Failure | null }) {
  const t = useTranslations("payments");
  const faults = Object.entries(failure?.fieldErrors ?? {}).filter(([path]) =>
    /^(rows|lines)\.|^totalFen$/.test(path),
  );
  if (faults.length === 0) return null;
  return (
    <ul className={styles.faults}>
      {faults.slice(0, SHOWN).map(([path, sentences]) => (
        <li key={path}>{sentences.join(" ")}</li>
      ))}
      {faults.length > SHOWN && <li>{t("more", { count: faults.length - SHOWN })}</li>}
    </ul>
  );
}
