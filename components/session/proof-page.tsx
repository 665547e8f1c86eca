"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import type { Failure } from "@/lib/browser/api-client";
import styles from "./password-form.module.css";
import { ProofFields, showProof } from "./proof-form";

/** For a file somebody followed a link to: the proof first, then the file. */
export function ProofPage({ next }: { next: string }) {
  const t = useTranslations("account.proof");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const refused = await showProof(new FormData(event.currentTarget));
    setBusy(false);
    setFailure(refused);
    if (refused !== null) return;
    setDone(true);
    window.location.assign(next);
  }

  return (
    <Card>
      {done ? (
        <div className={styles.form}>
          <Callout tone="success">{t("done")}</Callout>
          <div>
            <Button onClick={() => window.history.back()}>{t("back")}</Button>
          </div>
        </div>
      ) : (
        <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
          <p>{t("file")}</p>
          <ProofFields failure={failure} />
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              {t("go")}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
