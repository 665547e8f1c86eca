"use client";

import { useTranslations } from "next-intl";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { useRefresh } from "@/components/command/use-refresh";
import { Button } from "@/components/ui/button";
import { readNotices } from "@/lib/features/notices/client";

/** Everything that is shown counts as read; what comes while one reads stays unread. */
export function MarkRead({ upTo }: { upTo: string }) {
  const t = useTranslations("notices");
  const refresh = useRefresh();
  const command = useCommand();

  async function mark() {
    const outcome = await command.run((send) => send(readNotices, { body: { upTo } }));
    if (outcome.ok) await refresh();
  }

  return (
    <>
      <Button size="small" busy={command.busy} onClick={() => void mark()}>
        {t("markRead")}
      </Button>
      <FailureNote failure={command.failure} />
    </>
  );
}
