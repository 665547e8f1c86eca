"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { createAdminRequest } from "@/lib/features/admin-requests/client";
import { grantMembership, revokeMembership } from "@/lib/features/admin/client";
import { needsTwo } from "@/lib/features/admin/policy";
import type { AdminUser } from "@/lib/features/admin/schema";
import type { PageReference } from "@/lib/features/reference/types";
import styles from "./admin.module.css";
import { byTwo, RoleFields, roleOf } from "./role-fields";
import { useRoleAt } from "./words";

type Props = {
  user: AdminUser;
  reference: PageReference;
  onChanged: (user: AdminUser) => void;
  onAsked: () => void;
};

export function UserRoles({ user, reference, onChanged, onAsked }: Props) {
  const t = useTranslations("admin.users");
  const roleAt = useRoleAt();
  const form = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const { busy, failure, errorOf, run } = useCommand();

  async function grant(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = roleOf(new FormData(event.currentTarget));
    if (needsTwo(body.role)) {
      const asked = { kind: "grant-role" as const, user: user.id, ...byTwo(body) };
      if ((await run((send) => send(createAdminRequest, { body: asked }))).ok) onAsked();
      return;
    }
    const outcome = await run((send) => send(grantMembership, { id: user.id, body }));
    if (!outcome.ok) return;
    form.current?.reset();
    onChanged(outcome.answer);
  }

  /** The first press asks, the second does it: taking a role away signs the person out. */
  async function revoke(id: number) {
    if (asked !== id) return setAsked(id);
    setAsked(null);
    const outcome = await run((send) => send(revokeMembership, { id: String(id), body: {} }));
    if (outcome.ok) onChanged(outcome.answer);
  }

  return (
    <section className={styles.part} aria-labelledby="user-roles">
      <h3 id="user-roles" className={styles.partTitle}>
        {t("rolesTitle")}
      </h3>
      <p className="quiet">{t("rolesNote")}</p>
      <FailureNote failure={failure} />
      {user.memberships.length === 0 && <p>{t("none")}</p>}
      <ul className={styles.roles}>
        {user.memberships.map((membership) => (
          <li key={membership.id} className={styles.held}>
            <span>
              {asked === membership.id
                ? t("revokeConfirm", { role: roleAt(membership) })
                : roleAt(membership)}
            </span>
            <Button
              size="small"
              variant={asked === membership.id ? "danger" : "quiet"}
              busy={busy && asked === null}
              onClick={() => void revoke(membership.id)}
            >
              {t("revoke")}
            </Button>
          </li>
        ))}
      </ul>
      <form ref={form} className={styles.form} onSubmit={(event) => void grant(event)} noValidate>
        <RoleFields key={user.memberships.length} reference={reference} errorOf={errorOf} />
        <div>
          <Button type="submit" busy={busy}>
            {t("grant")}
          </Button>
        </div>
      </form>
    </section>
  );
}
