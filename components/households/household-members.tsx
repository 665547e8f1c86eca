"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { PERSON_DETAILS } from "@/lib/features/households/labels";
import type { HouseholdMember, Revealed } from "@/lib/features/households/types";
import { DetailList } from "./detail-list";
import { useWords } from "./use-words";
import styles from "./households.module.css";

const SHOWN = ["name", "idNumber", "born", "phone", "health", "workplace"] as const;

const WORDS: readonly string[] = ["health", "workplace"];

type Props = {
  members: readonly HouseholdMember[];
  revealed: Revealed | null;
  isMasked: boolean;
};

/** Who lives there, the holder first. A column in which nobody has anything is left out. */
export function HouseholdMembers({ members, revealed, isMasked }: Props) {
  const t = useTranslations("households");
  const { say } = useWords();
  const columns = SHOWN.filter(
    (column) => column === "name" || members.some((member) => member[column] !== null),
  );
  const textOf = (member: HouseholdMember, n: number, column: (typeof SHOWN)[number]) => {
    const open = revealed?.members[n]?.[column];
    if (open) return open;
    const text = member[column];
    if (text === null) return member.unreadable ? t("list.noKey") : "";
    return column === "born" && isMasked ? t("member.bornYear", { year: text }) : text;
  };
  return (
    <Card title={t("file.members", { count: members.length })} flush>
      <div className={styles.frame} tabIndex={0} role="region" aria-label={t("form.members")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("member.relation")}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`member.${column}`)}
                </th>
              ))}
              <th scope="col">{t("member.sex")}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member, n) => (
              <tr key={member.no}>
                <td>{say("relation")(member.relation)}</td>
                {columns.map((column) => (
                  <td key={column} className={WORDS.includes(column) ? styles.words : undefined}>
                    {textOf(member, n, column)}
                  </td>
                ))}
                <td>{member.sex && t(`sex.${member.sex}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {members.map((member, n) => (
        <DetailList
          key={member.no}
          title={t("detail.of", { no: member.no, relation: say("relation")(member.relation) })}
          kinds={PERSON_DETAILS}
          details={revealed?.details?.members[n] ?? member.details}
        />
      ))}
    </Card>
  );
}
