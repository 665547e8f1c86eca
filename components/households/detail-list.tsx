"use client";

import { useTranslations } from "next-intl";
import { DescriptionList } from "@/components/ui/description-list";
import type { DetailKind } from "@/lib/features/households/labels";
import { formatFen } from "@/lib/kernel/money";
import styles from "./households.module.css";

type Props = {
  title: string;
  kinds: Readonly<Record<string, DetailKind>>;
  details: Readonly<Record<string, string | undefined>> | null | undefined;
};

/** What else the national list says, as far as anything is said. */
export function DetailList({ title, kinds, details }: Props) {
  const t = useTranslations("households.detail");
  if (!details) return null;
  const textOf = (kind: DetailKind, text: string) => {
    if (kind === "money" && /^\d+$/.test(text)) return formatFen(BigInt(text));
    return kind === "yesNo" && (text === "yes" || text === "no") ? t(text) : text;
  };
  const items = Object.entries(kinds).flatMap(([field, kind]) => {
    const text = details[field];
    return text === undefined ? [] : [{ term: t(field as "bank"), detail: textOf(kind, text) }];
  });
  return (
    <details className={styles.details}>
      <summary>{title}</summary>
      <DescriptionList columns={3} items={items} />
    </details>
  );
}
