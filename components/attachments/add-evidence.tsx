"use client";

import { Camera, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState, type ClipboardEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { FileInput, sizeOf } from "@/components/form/file-input";
import { Select } from "@/components/form/select";
import { NumberInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { addAttachment, type OfOwner } from "@/lib/features/attachments/client";
import {
  ACCEPTED,
  KINDS_OF,
  MOST_BYTES,
  MOST_FILES,
  type AttachmentKind,
} from "@/lib/features/attachments/labels";
import type { Attachment } from "@/lib/features/attachments/types";
import styles from "./attachments.module.css";

/** A consent of a household file, by its number. */
export type Choice = { value: string; label: string };

type AddProps = {
  owner: OfOwner;
  consents: readonly Choice[];
  late: boolean;
  full: boolean;
  onAdded: (file: Attachment) => void;
};

/** One file at a time: dragged, pasted, chosen, or taken with the telephone's camera. */
export function AddEvidence({ owner, consents, late, full, onAdded }: AddProps) {
  const t = useTranslations("attachments");
  const toast = useToast();
  const command = useCommand();
  const camera = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<AttachmentKind>(KINDS_OF[owner.of][0]);
  const [said, setSaid] = useState("");
  const isConsent = owner.of === "household" && kind === "authorisation";
  const event = consents.some(({ value }) => value === said)
    ? said
    : (consents.at(-1)?.value ?? "");
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const pick = (picked: File | undefined) => {
    if (!picked) return;
    command.clear();
    setFile(picked);
  };
  const tooLarge = file !== null && file.size > MOST_BYTES;

  function paste(event: ClipboardEvent) {
    const [pasted] = event.clipboardData.files;
    if (!pasted) return;
    event.preventDefault();
    pick(pasted);
  }

  async function add() {
    if (!file || tooLarge) return;
    const body = new FormData();
    body.set("kind", kind);
    if (said !== "" && kind === "invoice") body.set("invoiceNumber", said);
    if (said !== "" && kind === "sign-off-sheet") body.set("signatures", said);
    if (isConsent && event !== "") body.set("event", event);
    // its own name stays here
    body.set("file", file, "file");
    setSent(0);
    const progress = (done: number, all: number) => setSent(all === 0 ? 0 : done / all);
    const outcome = await command.run((write) => write(addAttachment, { owner, body, progress }));
    setSent(null);
    if (!outcome.ok) return;
    setFile(null);
    setSaid("");
    onAdded(outcome.answer);
    toast(t("add.added", { kind: t(`kind.${kind}`), no: outcome.answer.no }));
  }

  if (full) return <p className={styles.quiet}>{t("add.full", { count: MOST_FILES })}</p>;
  return (
    <section className={styles.add} aria-label={t(`${owner.of}.add`)} onPaste={paste}>
      {late && <p className={styles.quiet}>{t("add.late")}</p>}
      <FailureNote failure={command.failure} />
      <Field label={t("add.kind")} error={command.errorOf("kind")}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={(event) => {
              setKind(event.target.value as AttachmentKind);
              setSaid("");
            }}
            options={KINDS_OF[owner.of].map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
        )}
      </Field>
      {isConsent && (
        <ConsentField
          consents={consents}
          value={event}
          onChange={setSaid}
          error={command.errorOf("event")}
        />
      )}
      <SaidField kind={kind} said={said} setSaid={setSaid} errorOf={command.errorOf} />
      <Field
        label={t(`${owner.of}.add`)}
        hint={t("add.limits", { size: sizeOf(MOST_BYTES), count: MOST_FILES })}
        error={
          tooLarge
            ? t("add.tooLarge", { name: file.name, size: sizeOf(file.size) })
            : command.errorOf("file")
        }
      >
        {(control) => <FileInput {...control} file={file} pick={pick} accept={ACCEPTED} />}
      </Field>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("add.camera")}
        onChange={(event) => pick(event.target.files?.[0])}
      />
      {sent !== null && (
        <p role="status" className={styles.sending}>
          <progress value={sent} aria-label={t("add.progress")} />
          {sent < 1 ? t("add.sending", { name: file?.name ?? "" }) : t("add.reading")}
        </p>
      )}
      <div className={styles.acts}>
        <Button
          className={styles.camera}
          icon={<Camera aria-hidden />}
          disabled={command.busy}
          onClick={() => camera.current?.click()}
        >
          {t("add.camera")}
        </Button>
        <Button
          variant="primary"
          busy={command.busy}
          disabled={file === null || tooLarge || (isConsent && event === "")}
          icon={<Upload aria-hidden />}
          onClick={() => void add()}
        >
          {t("add.send")}
        </Button>
      </div>
    </section>
  );
}

type ConsentProps = {
  consents: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
};

/** Of a signed authorisation: its day and until when it holds stand in the consent. */
function ConsentField({ consents, value, onChange, error }: ConsentProps) {
  const t = useTranslations("attachments.household");
  const none = consents.length === 0;
  return (
    <Field label={t("consent")} hint={t(none ? "noConsent" : "consentHint")} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          disabled={none}
          onChange={({ target }) => onChange(target.value)}
          options={consents}
        />
      )}
    </Field>
  );
}

type SaidProps = {
  kind: AttachmentKind;
  said: string;
  setSaid: (text: string) => void;
  errorOf: (field: string) => string | undefined;
};

/** What can be held against other records: typed, because nobody reads it off the picture. */
function SaidField({ kind, said, setSaid, errorOf }: SaidProps) {
  const t = useTranslations("attachments.add");
  const field = ({ invoice: "invoiceNumber", "sign-off-sheet": "signatures" } as const)[
    kind as "invoice"
  ];
  if (field === undefined) return null;
  return (
    <Field
      label={t(field)}
      hint={t(field === "invoiceNumber" ? "invoiceHint" : "signaturesHint")}
      error={errorOf(field)}
      optional
    >
      {(control) => (
        <NumberInput
          {...control}
          value={said}
          maxLength={40}
          onChange={(event) => setSaid(event.target.value)}
        />
      )}
    </Field>
  );
}
