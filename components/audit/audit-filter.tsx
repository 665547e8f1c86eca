import { useTranslations } from "next-intl";
import { useId } from "react";
import { Select, type SelectOption } from "@/components/form/select";
import { DateInput, TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { ACTION_GROUPS } from "@/lib/features/audit/present";
import type { AuditQuery } from "@/lib/features/audit/schema";
import styles from "./audit.module.css";

type Props = { query: AuditQuery; organisations: SelectOption[] };

/** An ordinary form that asks for an address, so that a search can be sent to a colleague. */
export function AuditFilter({ query, organisations }: Props) {
  const t = useTranslations("audit");
  const id = useId();
  const label = (name: string, text: string) => (
    <label className={styles.label} htmlFor={`${id}-${name}`}>
      {text}
    </label>
  );
  const groups = ACTION_GROUPS.map((group) => ({ value: group, label: t(`group.${group}`) }));
  return (
    <form action="/audit" className={styles.filter} aria-label={t("filter")}>
      <div>
        {label("from", t("from"))}
        <DateInput id={`${id}-from`} name="from" defaultValue={query.from} />
      </div>
      <div>
        {label("to", t("to"))}
        <DateInput id={`${id}-to`} name="to" defaultValue={query.to} />
      </div>
      <div>
        {label("actor", t("actor"))}
        <TextInput
          id={`${id}-actor`}
          name="actor"
          defaultValue={query.actor}
          placeholder={t("actorHint")}
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
      <div>
        {label("action", t("action"))}
        <Select
          id={`${id}-action`}
          name="action"
          placeholder={t("all")}
          options={groups}
          defaultValue={query.action ?? ""}
        />
      </div>
      <div className={styles.wide}>
        {label("org", t("org"))}
        <Select
          id={`${id}-org`}
          name="org"
          placeholder={t("all")}
          options={organisations}
          defaultValue={query.org ?? ""}
        />
      </div>
      <div>
        {label("subjectId", t("record"))}
        <TextInput id={`${id}-subjectId`} name="subjectId" defaultValue={query.subjectId} />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary">
          {t("apply")}
        </Button>
        <LinkButton href="/audit" variant="quiet">
          {t("clear")}
        </LinkButton>
      </div>
    </form>
  );
}
