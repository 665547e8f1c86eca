"use client";

import { useTranslations } from "next-intl";
import type { SendWrite } from "@/components/command/intents";
import { useCommand } from "@/components/command/use-command";
import { ReasonDialog } from "@/components/disbursements/reason-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { failureOf, isDecided } from "@/lib/browser/api-client";
import { getDisbursement } from "@/lib/features/disbursements/client";
import { askedFor } from "@/lib/features/disbursements/workflow";
import { voidDisbursement } from "@/lib/features/steps/client";
import type { VoidInput } from "@/lib/features/steps/schema";
import { listText } from "@/lib/kernel/written";
import { strayDrafts } from "./grid-text";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";

/** A draft that was voided already, here before an answer was lost or elsewhere, is what was wanted. */
async function voidDraft(send: SendWrite, id: string, body: VoidInput): Promise<void> {
  try {
    await send(voidDisbursement, { id, body });
  } catch (error) {
    if (!isDecided(failureOf(error)) || (await getDisbursement(id)).status !== "voided")
      throw error;
  }
}

/** Drafts whose rows were taken out of the table or emptied: none of them stays in the ledger unsaid. */
export function StrayDrafts({
  grid,
  words,
  asking,
  onAsk,
}: {
  grid: Grid;
  words: GridWords;
  /** Whether it is asked for what they are voided. */
  asking: boolean;
  onAsk: (asking: boolean) => void;
}) {
  const { t } = words;
  const { store } = grid;
  const labels = useTranslations("labels.voidReason");
  const voiding = useTranslations("disbursement.void");
  const command = useCommand();
  const strays = strayDrafts(store.state());
  if (strays.length === 0) return null;
  const named = {
    count: strays.length,
    references: listText(
      strays.map(({ reference }) => reference),
      words.locale,
    ),
  };
  const asked = askedFor("void");

  function close() {
    onAsk(false);
    grid.focus();
  }

  async function voidAll(given: Omit<VoidInput, "version">) {
    const outcome = await command.run(async (send) => {
      for (const { row, id, version } of strays) {
        await voidDraft(send, id, { version, ...given });
        store.letGo(new Set([row]));
      }
    });
    if (!outcome.ok) return;
    close();
    grid.announce(t("stray.voided", { count: strays.length }));
  }

  return (
    <>
      <Callout
        live
        tone="warning"
        title={t("stray.title", named)}
        actions={
          <>
            <Button size="small" onClick={() => store.leave(new Set(strays.map(({ row }) => row)))}>
              {t("stray.leave")}
            </Button>
            <Button size="small" onClick={() => onAsk(true)}>
              {t("stray.void")}
            </Button>
          </>
        }
      >
        {t("stray.what")}
      </Callout>
      {asking && (
        <ReasonDialog
          command={command}
          tone="danger"
          title={t("stray.ask", named)}
          confirm={t("stray.confirm", named)}
          cancel={t("stray.notYet")}
          reasons={asked.reasons.map((reason) => ({ value: reason, label: labels(reason) }))}
          words={asked.words}
          wordsLabel={voiding("words")}
          wordsHint={voiding("wordsHint")}
          onClose={close}
          onConfirm={({ reason, words: said }) => void voidAll({ reason, words: said || null })}
        >
          {t("stray.lead")}
        </ReasonDialog>
      )}
    </>
  );
}
