"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { momentText } from "@/lib/kernel/written";
import type { Left } from "./leave";

/** What could not be sent before leaving, and what is to become of it. */
export function LeaveDialog({
  left,
  failed,
  busy,
  onRetry,
  onDrop,
  onStay,
}: {
  left: Left;
  failed: boolean;
  busy: boolean;
  onRetry: () => void;
  onDrop: () => void;
  onStay: () => void;
}) {
  const t = useTranslations("shell.leave");
  const unsent = left.unsent.length + left.sealed.length;
  return (
    <Dialog
      busy={busy}
      onClose={onStay}
      title={unsent > 0 ? t("title", { count: unsent }) : t("failedTitle")}
      actions={
        <>
          <Button onClick={onStay} disabled={busy}>
            {t("stay")}
          </Button>
          {unsent > 0 && (
            <Button variant="danger" onClick={onDrop} disabled={busy}>
              {t("drop")}
            </Button>
          )}
          <Button variant="primary" busy={busy} onClick={onRetry} data-main="">
            {t(unsent > 0 ? "retry" : "again")}
          </Button>
        </>
      }
    >
      {failed && (
        <Callout tone="danger" live>
          {t("failed")}
        </Callout>
      )}
      {unsent > 0 && (
        <>
          <p>{t("what")}</p>
          <ul>
            {[...left.unsent, ...left.sealed].map((copy) => (
              <li key={("id" in copy ? copy.id : copy.subject) + copy.writer}>
                {t("line", { title: copy.title, at: momentText(copy.at) })}
              </li>
            ))}
          </ul>
          {left.sealed.length > 0 && <p>{t("sealed")}</p>}
        </>
      )}
    </Dialog>
  );
}
