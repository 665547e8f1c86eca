"use client";

import { FileUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import type { Route } from "next";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { useOpenJobs } from "@/components/jobs/open-jobs";
import { OrganisationPicker } from "@/components/reference/organisation-picker";
import { organisationSource } from "@/components/reference/organisation-source";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { importHref, templateHref } from "@/lib/features/imports/address";
import { createImport } from "@/lib/features/imports/client";
import { nameOf, namesOf } from "@/lib/features/reference/present";
import type { PageReference } from "@/lib/features/reference/types";
import type { Locale } from "@/lib/kernel/preferences";
import { FileChoice, isTooLarge } from "./file-choice";
import styles from "./imports.module.css";

/** Where the file is for, the file itself, and the empty table to fill in. */
export function UploadForm({
  reference,
  organisations,
}: {
  reference: PageReference;
  organisations: readonly string[];
}) {
  const t = useTranslations("imports.upload");
  const locale = useLocale() as Locale;
  const router = useRouter();
  const command = useCommand();
  const { watch } = useOpenJobs();
  const [organisation, setOrganisation] = useState(organisations[0] ?? "");
  const [programme, setProgramme] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const names = namesOf(reference, locale);
  const source = organisationSource(reference, {
    chosen: organisation,
    locale,
    ask: { entering: "true" },
    listed: () => organisations.map((code) => ({ value: code, label: names.organisation(code) })),
  });
  const several = organisations.length > 1 || !reference.listed;

  async function send(event: FormEvent) {
    event.preventDefault();
    if (isTooLarge(file)) return;
    const body = new FormData();
    body.set("organisation", organisation);
    if (programme !== "") body.set("programme", programme);
    if (file) body.set("file", file);
    const outcome = await command.run((write) => write(createImport, { body }));
    if (!outcome.ok) return;
    watch();
    router.push(importHref(outcome.answer.id) as Route);
  }

  return (
    <form className={styles.upload} onSubmit={(event) => void send(event)} noValidate>
      <FailureNote failure={command.failure} />
      {several && (
        <Field label={t("organisation")} error={command.errorOf("organisation")} required>
          {(control) => (
            <OrganisationPicker
              {...control}
              source={source}
              value={organisation}
              onChange={setOrganisation}
            />
          )}
        </Field>
      )}
      <Field
        label={t("programme")}
        hint={t("programmeHint")}
        error={command.errorOf("programme")}
        optional
      >
        {(control) => (
          <Select
            {...control}
            placeholder={t("programmeNone")}
            value={programme}
            onChange={(event) => setProgramme(event.target.value)}
            options={reference.programmes
              .filter(({ active }) => active)
              .map((one) => ({ value: one.code, label: nameOf(one, locale) }))}
          />
        )}
      </Field>
      <div className={styles.row}>
        {programme !== "" && (
          <LinkButton href={templateHref(programme)} download size="small">
            {t("template")}
          </LinkButton>
        )}
        <span className={styles.quiet}>{t("templateHint")}</span>
      </div>
      <FileChoice
        file={file}
        pick={(picked) => picked && setFile(picked)}
        error={command.errorOf("file")}
      />
      <div className={styles.row}>
        <Button
          type="submit"
          variant="primary"
          busy={command.busy}
          icon={<FileUp size={16} aria-hidden />}
          data-main=""
        >
          {command.busy ? t("sending") : t("send")}
        </Button>
      </div>
    </form>
  );
}
