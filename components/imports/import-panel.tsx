"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { useOpenJobs } from "@/components/jobs/open-jobs";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { rejectedHref } from "@/lib/features/imports/address";
import { commitImport, mapImport, undoImport } from "@/lib/features/imports/client";
import type { ImportView, MapImportInput } from "@/lib/features/imports/schema";
import { ledgerHref } from "@/lib/features/ledger/address";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./imports.module.css";
import { KnownRows } from "./known-rows";
import { MappingForm } from "./mapping-form";
import { useProgress } from "./use-progress";

type Work = { view: ImportView; begun: () => void };

function Commit({ view, begun }: Work) {
  const t = useTranslations("imports.commit");
  const command = useCommand();
  const { id, good, bad } = view;
  async function store() {
    const body = { goodRowsOnly: bad > 0 };
    const outcome = await command.run((send) => send(commitImport, { id, body }));
    if (outcome.ok) begun();
  }
  return (
    <>
      {command.failure && <FailureNote failure={command.failure} />}
      <div className={styles.row}>
        {good > 0 ? (
          <Button variant="primary" busy={command.busy} data-main="" onClick={() => void store()}>
            {t(bad > 0 ? "goodOnly" : "good", { count: good })}
          </Button>
        ) : (
          <strong>{t("nothing")}</strong>
        )}
        <Rejected view={view} />
        {good > 0 && <span className={styles.quiet}>{t("what")}</span>}
      </div>
    </>
  );
}

function Rejected({ view }: Pick<Work, "view">) {
  const t = useTranslations("imports");
  if (view.bad === 0) return null;
  return (
    <>
      <LinkButton href={rejectedHref(view.id)} download>
        {t("rejected", { count: view.bad })}
      </LinkButton>
      <span className={styles.quiet}>{t("rejectedHint")}</span>
    </>
  );
}

function Touched({ view, said }: Pick<Work, "view"> & { said: "stay" | "keep" }) {
  const t = useTranslations("imports.undo");
  if (view.touched.count === 0) return null;
  return (
    <div>
      <p>{t(said, { count: view.touched.count })}</p>
      <ul className={styles.notes}>
        {view.touched.rows.map(({ row, id, reference }) => (
          <li key={row}>
            <AppLink href={`/disbursements/${id}`}>{reference}</AppLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Undo({ view, begun }: Work) {
  const t = useTranslations("imports.undo");
  const command = useCommand();
  const [asked, setAsked] = useState(false);
  async function undo() {
    const outcome = await command.run((send) => send(undoImport, { id: view.id, body: {} }));
    if (!outcome.ok) return;
    setAsked(false);
    begun();
  }
  if (view.touched.count >= view.entered) return <Touched view={view} said="keep" />;
  return (
    <>
      <Button variant="danger" onClick={() => setAsked(true)}>
        {t("open")}
      </Button>
      {asked && (
        <CommandDialog
          command={command}
          title={t("title")}
          confirm={t("confirm")}
          tone="danger"
          onClose={() => setAsked(false)}
          onConfirm={() => void undo()}
        >
          <p>{t("what", { count: view.entered })}</p>
          <Touched view={view} said="keep" />
        </CommandDialog>
      )}
    </>
  );
}

function Done({ view, begun }: Work) {
  const t = useTranslations("imports");
  const undone = view.status === "undone";
  const filter = { org: view.organisation, status: ["draft" as const] };
  return (
    <Callout
      tone={undone ? "info" : "success"}
      title={
        undone ? t("undo.undone", { count: view.undone }) : t("done.title", { count: view.entered })
      }
    >
      <div className={styles.form}>
        {undone ? <Touched view={view} said="stay" /> : null}
        <div className={styles.row}>
          {!undone && <LinkButton href={ledgerHref(filter)}>{t("done.drafts")}</LinkButton>}
          <Rejected view={view} />
          {!undone && <Undo view={view} begun={begun} />}
        </div>
      </div>
    </Callout>
  );
}

/** What a job on an import does, or did when it stopped: one that is in can only be taken back. */
const stepOf = ({ status }: ImportView) =>
  status === "committing" || status === "committed" ? status : "reading";

function UnderWay({ view }: Pick<Work, "view">) {
  const t = useTranslations("imports.one");
  const percent = useProgress(view);
  return (
    <Callout tone="info" title={t(`progress.${stepOf(view)}`, { percent })} live>
      <progress className={styles.bar} max={100} value={percent} aria-hidden />
      {t("working")}
    </Callout>
  );
}

function Mapping({ view, reference, begun }: Work & { reference: PageReference }) {
  const t = useTranslations("imports.mapping");
  const command = useCommand();
  const { id, unknown, mapping, mappingSource } = view;
  const isRead = mapping?.columns.some((column) => column !== null) ?? false;
  async function apply(body: Partial<MapImportInput>) {
    const outcome = await command.run((send) => send(mapImport, { id, body }));
    if (outcome.ok) begun();
  }
  return (
    <Card title={t("title")} note={mappingSource && isRead ? t(mappingSource) : undefined}>
      {unknown.length > 0 && (
        <p className={styles.quiet}>{t("unknown", { headers: unknown.join("、") })}</p>
      )}
      {view.overruled > 0 && (
        <p className={styles.quiet}>{t("forgets", { count: view.overruled })}</p>
      )}
      <MappingForm
        view={view}
        reference={reference}
        command={command}
        onApply={(input) => void apply(input)}
      />
    </Card>
  );
}

/** A job that stopped on the way leaves the import where it was: it is asked for again. */
function Stopped({ view, begun }: Work) {
  const t = useTranslations("imports.one.stopped");
  const command = useCommand();
  const { id, entered, undone } = view;
  const step = stepOf(view);
  async function again() {
    const outcome = await command.run((send) => {
      if (step === "committing") return send(commitImport, { id, body: { goodRowsOnly: true } });
      return step === "committed"
        ? send(undoImport, { id, body: {} })
        : send(mapImport, { id, body: {} });
    });
    if (outcome.ok) begun();
  }
  return (
    <Callout
      tone="warning"
      title={t(`${step}.title`)}
      actions={
        <Button busy={command.busy} onClick={() => void again()}>
          {t(`${step}.again`)}
        </Button>
      }
    >
      {t(`${step}.what`, { entered, undone })}
      <FailureNote failure={command.failure} />
    </Callout>
  );
}

/** What is to be done next with an import; while a job works on it, the page follows. */
export function ImportPanel({ view, reference }: { view: ImportView; reference: PageReference }) {
  const t = useTranslations("imports.one");
  const router = useRouter();
  const { watch } = useOpenJobs();
  const working = view.progress !== null;
  useEffect(() => {
    if (working) watch();
  }, [working, watch]);
  function begun() {
    watch();
    router.refresh();
  }
  if (working) return <UnderWay view={view} />;
  if (view.stopped) return <Stopped view={view} begun={begun} />;
  switch (view.status) {
    case "refused":
      return (
        <Callout tone="danger" title={t("refused")}>
          {view.refusal?.message}
        </Callout>
      );
    case "preview":
      return (
        <>
          <Commit view={view} begun={begun} />
          <KnownRows view={view} />
          <Mapping view={view} reference={reference} begun={begun} />
        </>
      );
    case "committed":
    case "undone":
      return <Done view={view} begun={begun} />;
    default:
      return <UnderWay view={view} />;
  }
}
