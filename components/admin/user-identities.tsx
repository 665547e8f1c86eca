"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { Button } from "@/components/ui/button";
import { createAdminRequest } from "@/lib/features/admin-requests/client";
import { linkIdentity, unlinkIdentity } from "@/lib/features/admin/client";
import { isFarReaching } from "@/lib/features/admin/policy";
import type { AdminUser } from "@/lib/features/admin/schema";
import styles from "./admin.module.css";
import { textOf } from "./names-fields";

type Props = {
  user: AdminUser;
  onChanged: (user: AdminUser) => void;
  onAsked: () => void;
};
type Identity = AdminUser["identities"][number];

export function UserIdentities({ user, onChanged, onAsked }: Props) {
  const t = useTranslations("admin.users");
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const { busy, failure, errorOf, run } = useCommand();
  const { id, version } = user;

  async function link(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const subject = textOf(new FormData(event.currentTarget), "subject");
    if (isFarReaching(user)) {
      const asked = { kind: "link-identity" as const, user: id, subject };
      if ((await run((send) => send(createAdminRequest, { body: asked }))).ok) onAsked();
      return;
    }
    const body = { version, subject };
    const outcome = await run((send) => send(linkIdentity, { id, body }));
    if (!outcome.ok) return;
    form.current?.reset();
    onChanged(outcome.answer);
  }

  /** The first press asks, the second does it: it ends a way in. */
  async function unlink({ issuer, subject }: Identity) {
    if (asked !== subject) return setAsked(subject);
    setAsked(null);
    const body = { version, issuer, subject };
    const outcome = await run((send) => send(unlinkIdentity, { id, body }));
    if (outcome.ok) onChanged(outcome.answer);
  }

  return (
    <section className={styles.part} aria-labelledby="user-identities">
      <h3 id="user-identities" className={styles.partTitle}>
        {t("identities")}
      </h3>
      <p className="quiet">{t("identitiesNote")}</p>
      <FailureNote failure={failure} />
      {user.identities.length === 0 && <p>{t("notLinked")}</p>}
      <ul className={styles.roles}>
        {user.identities.map((identity) => (
          <li key={`${identity.issuer} ${identity.subject}`} className={styles.held}>
            <span>
              {asked === identity.subject
                ? t("unlinkConfirm", { subject: identity.subject })
                : identity.subject}
              <span className={styles.sub}>{identity.issuer}</span>
            </span>
            <Button
              size="small"
              variant={asked === identity.subject ? "danger" : "quiet"}
              busy={busy && asked === null}
              onClick={() => void unlink(identity)}
            >
              {t("unlink")}
            </Button>
          </li>
        ))}
      </ul>
      <form ref={form} className={styles.form} onSubmit={(event) => void link(event)} noValidate>
        <Field label={t("identity")} hint={t("identityHint")} error={errorOf("subject")} required>
          {(control) => (
            <TextInput
              {...control}
              name="subject"
              maxLength={255}
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <div>
          <Button type="submit" busy={busy}>
            {t("link")}
          </Button>
        </div>
      </form>
    </section>
  );
}
