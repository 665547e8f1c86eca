"use client";

import { Download, Eye, EyeOff, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { sizeOf } from "@/components/form/file-input";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { attachmentHref } from "@/lib/features/attachments/address";
import { removeAttachment } from "@/lib/features/attachments/client";
import type { Attachment } from "@/lib/features/attachments/types";
import { nameOf } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText, momentText } from "@/lib/kernel/written";
import styles from "./attachments.module.css";
import { EvidencePicture } from "./evidence-picture";

type RowProps = {
  file: Attachment;
  /** Of a signed authorisation: which consent it is of, from when until when. */
  consent?: string | undefined;
  mayOpen: boolean;
  mayRemove: boolean;
  onRemoved: (file: Attachment) => void;
};

export function EvidenceRow({ file, consent, mayOpen, mayRemove, onRemoved }: RowProps) {
  const t = useTranslations("attachments");
  const locale = useLocale() as Locale;
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const command = useCommand();
  const named = { kind: t(`kind.${file.kind}`), no: file.no };
  const name = t("row.name", named);
  const facts = [
    ...(consent ? [consent] : []),
    sizeOf(file.bytes),
    ...(file.takenOn ? [t("row.taken", { day: dayText(file.takenOn, locale) })] : []),
    ...(file.invoiceNumber ? [t("row.invoice", { number: file.invoiceNumber })] : []),
    ...(file.signatures === null ? [] : [t("row.signatures", { count: file.signatures })]),
    t("row.by", { name: nameOf(file.addedBy, locale), at: momentText(file.addedAt) }),
  ];
  async function remove() {
    const { id } = file;
    const outcome = await command.run((write) => write(removeAttachment, { id }));
    if (!outcome.ok) return;
    setAsking(false);
    onRemoved(outcome.answer);
  }
  if (file.removed)
    return (
      <li className={styles.row} data-removed="">
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>
          {t("row.removed", {
            name: nameOf(file.removed.by, locale),
            at: momentText(file.removed.at),
          })}
        </span>
      </li>
    );
  if (file.forgotten)
    return (
      <li className={styles.row} data-removed="">
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>{t("row.forgotten")}</span>
      </li>
    );
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        {name} {file.late && <Badge>{t("row.late")}</Badge>}
      </span>
      <span className={styles.quiet} title={t("row.hash", { hash: file.sha256 })}>
        {facts.join(" · ")}
      </span>
      <span className={styles.acts}>
        {mayOpen && file.mediaType === "image/jpeg" && (
          <Button
            size="small"
            icon={open ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {t(open ? "row.hide" : "row.show")}
          </Button>
        )}
        {mayOpen && (
          <LinkButton
            size="small"
            href={attachmentHref(file.id)}
            download
            icon={<Download aria-hidden />}
          >
            {t("row.download")}
          </LinkButton>
        )}
        {mayRemove && (
          <Button size="small" icon={<Trash2 aria-hidden />} onClick={() => setAsking(true)}>
            {t("row.remove")}
          </Button>
        )}
      </span>
      {open && mayOpen && <EvidencePicture id={file.id} name={t("row.picture", named)} />}
      {asking && (
        <CommandDialog
          command={command}
          title={t("remove.title", named)}
          confirm={t("remove.confirm")}
          cancel={t("remove.cancel")}
          tone="danger"
          onClose={() => {
            command.clear();
            setAsking(false);
          }}
          onConfirm={() => void remove()}
        >
          <p>{t("remove.text")}</p>
        </CommandDialog>
      )}
    </li>
  );
}
