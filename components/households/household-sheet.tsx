"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { later } from "@/components/ui/later";
import { failureOf, type Failure } from "@/lib/browser/api-client";
import { getHousehold } from "@/lib/features/households/client";
import type { Household } from "@/lib/features/households/types";
import { HouseholdAid } from "./household-aid";
import { HouseholdFile } from "./household-file";

const HouseholdForm = later(() => import("./household-form").then((part) => part.HouseholdForm));

type Asked = { id: string; file: Household | null; failure: Failure | null };
type Props = {
  id: string;
  today: string;
  organisations: Record<string, string>;
  programmes: Record<string, string>;
};

/** Asks for the file itself: what is known of people stands in no page, and is gone when it is left. */
export function HouseholdSheet({ id, today, organisations, programmes }: Props) {
  const t = useTranslations("households.file");
  const [asked, setAsked] = useState<Asked>({ id, file: null, failure: null });
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    getHousehold(id, leaving.signal).then(
      (file) => setAsked({ id, file, failure: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setAsked({ id, file: null, failure: failureOf(error) });
      },
    );
    return () => leaving.abort();
  }, [id]);
  const { file, failure } = asked;
  const keep = (next: Household) => {
    setAsked({ id, file: next, failure: null });
    setEditing(false);
  };
  if (failure) return <FailureNote failure={failure} />;
  if (!file || asked.id !== id) return <p aria-live="polite">{t("loading")}</p>;
  if (editing)
    return (
      <HouseholdForm file={file} today={today} onSaved={keep} onCancel={() => setEditing(false)} />
    );
  return (
    <div className="stack">
      <HouseholdFile file={file} today={today} onFile={keep} onEdit={() => setEditing(true)} />
      <HouseholdAid
        key={file.version}
        id={id}
        organisations={organisations}
        programmes={programmes}
      />
    </div>
  );
}
