"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo, useState, useSyncExternalStore } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { failureOf } from "@/lib/browser/api-client";
import { dropCopy, listKept, type KeptCopy } from "@/lib/browser/kept-copy";
import { dropSealed, listSealed, type SealedCopy } from "@/lib/browser/sealed-copy";
import { formAddress } from "@/lib/features/working-copies/address";
import { discardWorkingCopy } from "@/lib/features/working-copies/client";
import type { WorkingCopySummary } from "@/lib/features/working-copies/schema";
import { momentText } from "@/lib/kernel/written";
import styles from "./unfinished-card.module.css";

type Line = {
  id: string;
  title: string;
  at: string;
  href: string;
  /** Of a record that was saved before. */
  changes: boolean;
  onServer: boolean;
  /** What of it is in this browser alone, as text and sealed. */
  kept: KeptCopy[];
  sealed: SealedCopy[];
};

const noChanges = () => () => undefined;

type Held = { kept: KeptCopy[]; sealed: SealedCopy[] };
const NOTHING: Held = { kept: [], sealed: [] };
const heldHere = (userId: string): Held => ({
  kept: listKept(userId).filter(({ edits, saved }) => edits > saved),
  sealed: listSealed(userId),
});

const isFirst =
  <T,>(of: (one: T) => string) =>
  (one: T, n: number, all: readonly T[]) =>
    all.findIndex((other) => of(other) === of(one)) === n;

type Named = Pick<WorkingCopySummary, "id" | "kind" | "title" | "subject">;
const placed = ({ id, kind, title, subject }: Named) => ({
  id,
  title,
  href: formAddress({ kind, subject }, id),
  changes: kind !== "correction" && subject !== null,
  sealed: [],
});

/** The rosters that were typed here, one a record: of them this browser tells no more than whose lines they are. */
const rosterLines = (sealed: readonly SealedCopy[]): Line[] =>
  sealed.filter(isFirst(({ subject }) => subject)).map(({ subject, title, at }) => ({
    id: `sealed-${subject}`,
    title,
    at,
    href: `/disbursements/${subject}/roster`,
    changes: true,
    onServer: false,
    kept: [],
    sealed: sealed.filter((copy) => copy.subject === subject),
  }));

/** The server's copies and this browser's, which may be the same ones a little later. */
function linesOf(copies: readonly WorkingCopySummary[], { kept, sealed }: Held): Line[] {
  const here = (id: string) => kept.filter((copy) => copy.id === id);
  const listed = copies.map((copy): Line => {
    const [latest] = here(copy.id);
    const at = latest && latest.at > copy.updatedAt ? latest.at : copy.updatedAt;
    const title = latest?.title ?? copy.title;
    return { ...placed({ ...copy, title }), at, kept: here(copy.id), onServer: true };
  });
  const lines = kept
    .filter(({ id }) => !copies.some((copy) => copy.id === id))
    .filter(isFirst(({ id }) => id))
    .map((copy): Line => ({ ...placed(copy), at: copy.at, kept: here(copy.id), onServer: false }));
  return [...listed, ...lines, ...rosterLines(sealed)].sort((one, other) =>
    other.at.localeCompare(one.at),
  );
}

function DiscardDialog({
  line,
  userId,
  onClose,
}: {
  line: Line;
  userId: string;
  onClose: (discarded: boolean) => void;
}) {
  const t = useTranslations("workbench.unfinished");
  const command = useCommand();
  async function discard() {
    const outcome = await command.run(async () => {
      if (!line.onServer) return;
      await discardWorkingCopy({ id: line.id }).catch((error: unknown) => {
        // Finished or discarded elsewhere: gone is what was wanted.
        if (failureOf(error).code !== "NOT_FOUND") throw error;
      });
    });
    if (!outcome.ok) return;
    for (const copy of line.kept) dropCopy(userId, copy);
    for (const copy of line.sealed) dropSealed(userId, copy);
    onClose(true);
  }
  return (
    <CommandDialog
      command={command}
      title={t("discardTitle")}
      confirm={t("discard")}
      tone="danger"
      onClose={() => onClose(false)}
      onConfirm={() => void discard()}
    >
      <p>{t("discardWhat", { title: line.title, at: momentText(line.at) })}</p>
    </CommandDialog>
  );
}

/** 未完成: what was typed and is no record yet, opened where it was left. */
export function UnfinishedCard({
  userId,
  copies,
}: {
  userId: string;
  copies: readonly WorkingCopySummary[];
}) {
  const t = useTranslations("workbench.unfinished");
  const router = useRouter();
  const inBrowser = useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
  const [gone, setGone] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Line | null>(null);
  const lines = useMemo(
    () =>
      linesOf(copies, inBrowser ? heldHere(userId) : NOTHING).filter(
        ({ id }) => !gone.includes(id),
      ),
    [copies, inBrowser, userId, gone],
  );
  if (lines.length === 0) return null;
  return (
    <Card title={t("title", { total: lines.length })} note={t("note")}>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line.id} className={styles.line}>
            <div className={styles.words}>
              <AppLink href={line.href} className={styles.name}>
                {line.title}
              </AppLink>
              <span className={styles.when}>
                {t(line.changes ? "changeAt" : "at", { at: momentText(line.at) })}
              </span>
              {line.kept.length + line.sealed.length > 0 && (
                <Badge tone="warning">{t("onlyHere")}</Badge>
              )}
            </div>
            <Button
              variant="quiet"
              size="small"
              aria-label={t("discardNamed", { title: line.title })}
              icon={<Trash2 aria-hidden />}
              onClick={() => setAsked(line)}
            />
          </li>
        ))}
      </ul>
      {asked && (
        <DiscardDialog
          line={asked}
          userId={userId}
          onClose={(discarded) => {
            setAsked(null);
            if (!discarded) return;
            setGone([...gone, asked.id]);
            router.refresh();
          }}
        />
      )}
    </Card>
  );
}
