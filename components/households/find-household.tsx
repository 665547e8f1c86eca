"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { findHouseholds } from "@/lib/features/households/client";
import type { HouseholdPage } from "@/lib/features/households/types";
import styles from "./households.module.css";

const WAYS = ["code", "idNumber", "name"] as const;
type Way = (typeof WAYS)[number];

/** By code, number or whole name: sent in a body, so that nobody's number stands in an address. */
export function FindHousehold({
  found,
  onFound,
}: {
  found: HouseholdPage | null;
  onFound: (page: HouseholdPage | null) => void;
}) {
  const t = useTranslations("households.find");
  const command = useCommand();
  const [way, setWay] = useState<Way>("code");
  const [text, setText] = useState("");
  const fault = WAYS.map((name) => command.errorOf(name)).find(Boolean);

  async function find(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === "") return;
    const outcome = await command.run(() => findHouseholds({ [way]: text.trim() }));
    if (outcome.ok) onFound(outcome.answer);
  }

  return (
    <form className={styles.find} aria-label={t("label")} onSubmit={(event) => void find(event)}>
      <Field label={t("by")} width="short">
        {(control) => (
          <Select
            {...control}
            options={WAYS.map((value) => ({ value, label: t(value) }))}
            value={way}
            onChange={(event) => setWay(event.target.value as Way)}
          />
        )}
      </Field>
      <Field label={t("text")} width="half" error={fault}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="off"
            maxLength={120}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={command.busy} icon={<Search size={16} aria-hidden />}>
        {t("go")}
      </Button>
      {found && (
        <Button
          variant="quiet"
          onClick={() => {
            setText("");
            onFound(null);
          }}
        >
          {t("clear")}
        </Button>
      )}
      <p className={styles.quiet} role="status">
        {found ? t("found", { count: found.items.length }) : t("hint")}
      </p>
      {!fault && <FailureNote failure={command.failure} />}
    </form>
  );
}
