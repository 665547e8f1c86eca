"use client";

import { Search } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { EmptyState } from "@/components/ui/empty-state";
import { findTerms, glossary, glossaryGroups, type Term } from "@/lib/features/help/labels";
import styles from "./help.module.css";

type Words = {
  filter: string;
  found: string;
  noneHint: string;
  groups: Record<string, string>;
};

function Entry({ term, english }: { term: Term; english: boolean }) {
  const note = english ? term.noteEn : term.noteZh;
  const [first, second] = english ? [term.en, term.zh] : [term.zh, term.en];
  return (
    <div className={styles.term}>
      <dt className={styles.termName}>
        {first}
        <span className={styles.termOther} lang={english ? "zh-CN" : "en"}>
          {second}
        </span>
      </dt>
      <dd className={styles.termNote}>{note}</dd>
    </div>
  );
}

export function GlossaryList({ words }: { words: Words }) {
  const t = useTranslations("common");
  const english = useLocale() === "en";
  const [typed, setTyped] = useState("");
  const found = findTerms(glossary, typed);
  return (
    <div className="stack">
      <Field label={words.filter} width="half">
        {(control) => (
          <TextInput
            {...control}
            type="search"
            value={typed}
            before={<Search size={16} aria-hidden />}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <p className="quiet" role="status">
        {words.found.replace("#", String(found.length))}
      </p>
      {found.length === 0 && (
        <EmptyState compact title={t("noChoice", { typed })}>
          {words.noneHint}
        </EmptyState>
      )}
      {glossaryGroups.map((group) => {
        const terms = found.filter((term) => term.group === group);
        if (terms.length === 0) return null;
        return (
          <section key={group}>
            <h3 className={styles.groupTitle}>{words.groups[group]}</h3>
            <dl className={styles.terms}>
              {terms.map((term) => (
                <Entry key={term.zh} term={term} english={english} />
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
