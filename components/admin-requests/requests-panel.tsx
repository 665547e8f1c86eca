"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import styles from "@/components/admin/admin.module.css";
import { PasswordOnce, type NewPassword } from "@/components/admin/password-once";
import { useName, useRoleAt } from "@/components/admin/words";
import { CommandDialog } from "@/components/command/command-dialog";
import { useCommand } from "@/components/command/use-command";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { confirmAdminRequest, declineAdminRequest } from "@/lib/features/admin-requests/client";
import type { AdminRequest } from "@/lib/features/admin-requests/schema";
import { clockTime } from "@/lib/kernel/written";

/** Exactly what is asked for, in a sentence. */
function useWhat() {
  const t = useTranslations("admin.requests.kind");
  const who = useWho();
  const roleAt = useRoleAt();
  return ({ kind, account, role, identity }: AdminRequest) =>
    t(kind, {
      account: who(account),
      role: role === null ? "" : roleAt(role),
      subject: identity?.subject ?? "",
      issuer: identity?.issuer ?? "",
    });
}

function useWho() {
  const t = useTranslations("admin.requests");
  const name = useName();
  return (person: Pick<AdminRequest["requestedBy"], "username" | "nameZh" | "nameEn">) =>
    t("person", { name: name(person), username: person.username });
}

type Deciding = { request: AdminRequest; how: "confirm" | "decline" | "withdraw" };

function DecideDialog(
  props: Deciding & { onClose: () => void; onPassword: (given: NewPassword) => void },
) {
  const { request, how, onClose, onPassword } = props;
  const t = useTranslations("admin.requests");
  const what = useWhat();
  const who = useWho();
  const show = useToast();
  const router = useRouter();
  const command = useCommand();
  const { id, account } = request;

  async function decide() {
    const outcome =
      how === "confirm"
        ? await command.run((send) => send(confirmAdminRequest, { id, body: {} }))
        : await command.run((send) => send(declineAdminRequest, { id, body: {} }));
    router.refresh();
    if (!outcome.ok) return;
    onClose();
    show(t(`done.${how}`));
    if ("password" in outcome.answer && outcome.answer.password !== null)
      onPassword({ username: account.username, password: outcome.answer.password });
  }

  return (
    <CommandDialog
      command={command}
      title={t(`title.${how}`)}
      confirm={t(how)}
      tone={how === "confirm" ? "primary" : "danger"}
      onClose={onClose}
      onConfirm={() => void decide()}
    >
      <p>{what(request)}</p>
      <p className="quiet">
        {t("asked", { name: who(request.requestedBy), at: clockTime(request.requestedAt) })}
      </p>
      {how === "confirm" && <Callout tone="warning">{t("sure")}</Callout>}
    </CommandDialog>
  );
}

function Waiting({
  request,
  selfId,
  onDecide,
}: {
  request: AdminRequest;
  selfId: string;
  onDecide: (deciding: Deciding) => void;
}) {
  const t = useTranslations("admin.requests");
  const what = useWhat();
  const who = useWho();
  const own = request.requestedBy.id === selfId;
  return (
    <li className={styles.held}>
      <span>
        {what(request)}
        <span className={styles.sub}>
          {t("asked", { name: who(request.requestedBy), at: clockTime(request.requestedAt) })}
          {t("until", { at: clockTime(request.lapsesAt) })}
        </span>
      </span>
      <span className={styles.buttons}>
        {own ? (
          <>
            <Badge tone="warning">{t("waits")}</Badge>
            <Button size="small" onClick={() => onDecide({ request, how: "withdraw" })}>
              {t("withdraw")}
            </Button>
          </>
        ) : request.account.id === selfId ? (
          <Badge tone="warning">{t("aboutSelf")}</Badge>
        ) : (
          <>
            <Button size="small" onClick={() => onDecide({ request, how: "decline" })}>
              {t("decline")}
            </Button>
            <Button
              size="small"
              variant="primary"
              onClick={() => onDecide({ request, how: "confirm" })}
            >
              {t("confirm")}
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

function Ended({ request }: { request: AdminRequest }) {
  const t = useTranslations("admin.requests");
  const what = useWhat();
  const who = useWho();
  const { state, decidedBy, decidedAt } = request;
  return (
    <li className={styles.held}>
      <span>
        {what(request)}
        <span className={styles.sub}>
          {t("asked", { name: who(request.requestedBy), at: clockTime(request.requestedAt) })}
          {decidedBy &&
            decidedAt &&
            t("decided", { name: who(decidedBy), at: clockTime(decidedAt) })}
        </span>
      </span>
      <Badge tone={state === "confirmed" ? "success" : "neutral"}>{t(`state.${state}`)}</Badge>
    </li>
  );
}

/** What waits for another administrator, and what became of the rest. */
export function RequestsPanel({ items, selfId }: { items: AdminRequest[]; selfId: string }) {
  const t = useTranslations("admin.requests");
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const [password, setPassword] = useState<NewPassword | null>(null);
  const waiting = items.filter(({ state }) => state === "pending");
  const ended = items.filter(({ state }) => state !== "pending");

  return (
    <Card title={t("heading")}>
      <div className={styles.form}>
        <p className="quiet">{t("lead")}</p>
        {waiting.length === 0 ? (
          <p>{t("none")}</p>
        ) : (
          <ul className={styles.roles}>
            {waiting.map((request) => (
              <Waiting key={request.id} request={request} selfId={selfId} onDecide={setDeciding} />
            ))}
          </ul>
        )}
        {ended.length > 0 && (
          <details>
            <summary>{t("ended", { count: ended.length })}</summary>
            <ul className={styles.roles}>
              {ended.map((request) => (
                <Ended key={request.id} request={request} />
              ))}
            </ul>
          </details>
        )}
      </div>
      {deciding && (
        <DecideDialog {...deciding} onClose={() => setDeciding(null)} onPassword={setPassword} />
      )}
      {password && <PasswordOnce {...password} onClose={() => setPassword(null)} />}
    </Card>
  );
}
