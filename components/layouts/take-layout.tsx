"use client";

import { FileUp } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { FileInput } from "@/components/form/file-input";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { layoutHref } from "@/lib/features/layouts/address";
import { createLayout } from "@/lib/features/layouts/client";
import type { Layout } from "@/lib/features/layouts/types";
import { LayoutFaults } from "./layout-faults";

const LARGEST = 60_000;

/** What a file says, before the server has looked at it; null: it is no json of one thing. */
function readLayout(text: string): { title?: { zh?: unknown } } | null {
  try {
    const found: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof found === "object" && found !== null && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

function TakeDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("layoutForms");
  const router = useRouter();
  const toast = useToast();
  const command = useCommand();
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<object | null>(null);
  const [title, setTitle] = useState("");
  const [fault, setFault] = useState<string | undefined>(undefined);

  async function pick(picked: File | undefined) {
    command.clear();
    setFile(picked ?? null);
    setFound(null);
    if (!picked) return;
    const layout = picked.size > LARGEST ? null : readLayout(await picked.text());
    setFault(picked.size > LARGEST ? t("tooLarge") : layout === null ? t("notJson") : undefined);
    setFound(layout);
    setTitle(typeof layout?.title?.zh === "string" ? layout.title.zh : "");
  }

  async function take() {
    if (found === null) return setFault((now) => now ?? t("choose"));
    const before = (found as { title?: object }).title;
    // the server reads it: what is no form is refused there, in words
    const layout = { ...found, title: { ...before, zh: title } } as Layout;
    const outcome = await command.run((send) => send(createLayout, { body: { layout } }));
    if (!outcome.ok) return;
    onClose();
    toast(t("taken", { name: outcome.answer.layout.title.zh }));
    router.push(layoutHref(outcome.answer.id) as Route);
  }

  return (
    <CommandDialog
      command={command}
      onClose={onClose}
      title={t("takeTitle")}
      confirm={t("take")}
      onConfirm={() => void take()}
    >
      <p>{t("takeLead")}</p>
      <LayoutFaults failure={command.failure} head={t("bad")} besides={["layout.title.zh"]} />
      <Field label={t("file")} error={fault} required>
        {(control) => (
          <FileInput
            {...control}
            file={file}
            pick={(one) => void pick(one)}
            accept=".json,application/json"
          />
        )}
      </Field>
      {found !== null && (
        <Field label={t("title")} error={command.errorOf("layout.title.zh")} required>
          {(control) => (
            <TextInput
              {...control}
              value={title}
              maxLength={60}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      )}
    </CommandDialog>
  );
}

/** A form that somebody sent as a file becomes one of the province's own. */
export function TakeLayout() {
  const t = useTranslations("layoutForms");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileUp size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("take")}
      </Button>
      {open && <TakeDialog onClose={() => setOpen(false)} />}
    </>
  );
}
