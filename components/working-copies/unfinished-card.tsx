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
import { formAddress } from "@/lib/features/working-copies/address";
import { discardWorkingCopy } from "@/lib/features/working-copies/client";
import type { WorkingCopySummary } from "@/lib/features/working-copies/schema";
import { momentText } from "@/lib/kernel/written";
import styles from "./unfinished-card.module.css";

type Line = Pick<WorkingCopySummary, "id" | "kind" | "title" | "subject"> & {
  at: string;
  /** What of it is in this browser alone. */
  kept: KeptCopy[];
  onServer: boolean;
};

const noChanges = () => () => undefined;

const unsent = (userId: string) => listKept(userId).filter(({ edits, saved }) => edits > saved);

/** The server's copies and this browser's, which may be the same ones a little later. */
function linesOf(copies: readonly WorkingCopySummary[], kept: readonly KeptCopy[]): Line[] {
  const here = (id: string) => kept.filter((copy) => copy.id === id);
  const listed = copies.map(({ id, kind, title, subject, updatedAt }) => {
    const [latest] = here(id);
    const at = latest && latest.at > updatedAt ? latest.at : updatedAt;
    return { id, kind, title: latest?.title ?? title, subject, at, kept: here(id), onServer: true };
  });
  const only = kept.filter(
    ({ id }, n) =>
      !copies.some((copy) => copy.id === id) && kept.findIndex((copy) => copy.id === id) === n,
  );
  const lines = only.map(({ id, kind, title, subject, at }) => ({
    id,
    kind,
    title,
    subject,
    at,
    kept: here(id),
    onServer: false,
  }));
  return [...listed, ...lines].sort((one, other) => other.at.localeCompare(one.at));
}

const whenKey = ({ kind, subject }: Line) =>
  kind === "correction" || subject === null ? "at" : "changeAt";

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
    () => linesOf(copies, inBrowser ? unsent(userId) : []).filter(({ id }) => !gone.includes(id)),
    [copies, inBrowser, userId, gone],
  );
  if (lines.length === 0) return null;
  return (
    <Card title={t("title", { total: lines.length })} note={t("note")}>
      <ul className={styles.list}>
        {lines.map((line) => (
          <li key={line.id} className={styles.line}>
            <div className={styles.words}>
              <AppLink href={formAddress(line, line.id)} className={styles.name}>
                {line.title}
              </AppLink>
              <span className={styles.when}>{t(whenKey(line), { at: momentText(line.at) })}</span>
              {line.kept.length > 0 && <Badge tone="warning">{t("onlyHere")}</Badge>}
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
