"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { NumberInput, TextArea } from "@/components/form/text-input";
import { AppLink } from "@/components/ui/app-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { listKnownRows, overruleKnown } from "@/lib/features/imports/client";
import type { ImportView, KnownRow } from "@/lib/features/imports/schema";
import styles from "./imports.module.css";
import { ProblemTable } from "./import-problems";

const said = ({ cells }: KnownRow): string =>
  cells.filter((text) => text.trim() !== "").join(" · ");

type Saying = { id: string; line: KnownRow; changed: (line: KnownRow) => void };

/** Asks why this very row is another payment; without a word nothing is said. */
function Overrule({ id, line, changed, close }: Saying & { close: () => void }) {
  const t = useTranslations("imports.known");
  const command = useCommand();
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState(false);
  const { row, record } = line;
  async function say() {
    setAsked(true);
    if (words.trim() === "") return;
    const body = { words: words.trim() };
    const outcome = await command.run((send) => send(overruleKnown, { id, row, body }));
    if (!outcome.ok) return;
    changed({ ...line, words: body.words });
    close();
  }
  return (
    <CommandDialog
      command={command}
      title={t("title", { row })}
      confirm={t("confirm")}
      onClose={close}
      onConfirm={() => void say()}
    >
      <p>{said(line)}</p>
      <p>{t("asks", { reference: record?.reference ?? "" })}</p>
      <Field
        label={t("words")}
        hint={t("wordsHint")}
        required
        error={asked && words.trim() === "" ? t("wordsMissing") : command.errorOf("words")}
      >
        {(control) => (
          <TextArea
            {...control}
            maxLength={500}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
    </CommandDialog>
  );
}

function Judgement({ id, line, changed }: Saying) {
  const t = useTranslations("imports.known");
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  const { row, words, record } = line;
  async function same() {
    const outcome = await command.run((send) => send(overruleKnown, { id, row, body: { words: null } })); // prettier-ignore
    if (outcome.ok) changed({ ...line, words: null });
  }
  if (words !== null)
    return (
      <>
        <Badge tone="info">{t("another")}</Badge> {words}
        <FailureNote failure={command.failure} />
        <div>
          <Button
            size="small"
            variant="quiet"
            busy={command.busy}
            onClick={() => void same()}
            aria-label={t("sameOf", { row })}
          >
            {t("same")}
          </Button>{" "}
          {/* prettier-ignore */}
        </div>
      </>
    );
  if (record === null) return <>{t("gone")}</>;
  return (
    <>
      <Button size="small" onClick={() => setAsked(true)} aria-label={t("overruleOf", { row })}>
        {t("overrule")}
      </Button>
      {asked && <Overrule id={id} line={line} changed={changed} close={() => setAsked(false)} />}
    </>
  );
}

type Found = { items: KnownRow[]; nextCursor: string | null };

function KnownList({ id }: Pick<ImportView, "id">) {
  const t = useTranslations("imports.known");
  const status = useTranslations("labels.status");
  const router = useRouter();
  const [from, setFrom] = useState("");
  const [cursor, setCursor] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const left = new AbortController();
    listKnownRows(id, cursor, left.signal).then(
      (page) => {
        setFound(page);
        setFailed(false);
      },
      () => {
        if (!left.signal.aborted) setFailed(true);
      },
    );
    return () => left.abort();
  }, [id, cursor]);
  function changed(line: KnownRow) {
    setFound((page) => page && { ...page, items: page.items.map((one) => (one.row === line.row ? line : one)) }); // prettier-ignore
    router.refresh();
  }
  function go(event: { preventDefault: () => void }) {
    event.preventDefault();
    const row = Number.parseInt(from, 10);
    setCursor(row > 1 ? String(row - 1) : null);
  }
  if (failed) return <p>{t("failed")}</p>;
  if (!found) return <p>{t("looking")}</p>;
  return (
    <div className={styles.form}>
      <form className={styles.row} onSubmit={go}>
        <label>
          {t("from")}{" "}
          <NumberInput
            className={styles.short}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />{" "}
          {/* prettier-ignore */}
        </label>
        <Button type="submit" size="small">
          {t("go")}
        </Button>
      </form>
      <ProblemTable
        caption={t("caption")}
        heads={[t("row"), t("cells"), t("record"), t("judgement")]}
        rows={found.items.map((line) => ({
          key: String(line.row),
          head: line.row,
          cells: [
            said(line),
            line.record === null ? (
              "—"
            ) : (
              <>
                <AppLink href={`/disbursements/${line.record.id}`}>{line.record.reference}</AppLink>{" "}
                <Badge>{status(line.record.status)}</Badge>
              </>
            ),
            <Judgement key={line.row} id={id} line={line} changed={changed} />,
          ],
        }))}
      />
      {found.nextCursor !== null && (
        <div className={styles.row}>
          <Button size="small" onClick={() => setCursor(found.nextCursor)}>
            {t("more")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The rows that are in already: each may be another payment, which somebody says of that one row and in words. */
export function KnownRows({ view }: { view: ImportView }) {
  const t = useTranslations("imports.known");
  const [open, setOpen] = useState(false);
  const { id, known, overruled } = view;
  if (known + overruled === 0) return null;
  return (
    <Card
      title={t("card", { count: known })}
      note={overruled > 0 ? t("overruled", { count: overruled }) : undefined}
    >
      <p className={styles.quiet}>{t("what")}</p>
      <details className={styles.mapping} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("open")}</summary>
        {open && <KnownList id={id} />}
      </details>
    </Card>
  );
}
