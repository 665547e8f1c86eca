"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import { cutSentence } from "@/lib/features/narrative-texts/rules";
import type { Chosen } from "./text-paragraph";
import { tokenHref } from "./token-href";
import styles from "./text-editor.module.css";

type DialogProps = { chosen: Chosen; onCut: () => void; onClose: () => void };

/** A number is opened, or goes with its sentence; there is no third way. */
export function NumberDialog({ chosen, onCut, onClose }: DialogProps) {
  const t = useTranslations("brief");
  const { paragraph, piece, token } = chosen;
  const { sentence } = cutSentence(paragraph.pieces, piece);
  const numbers = sentence.filter((one) => typeof one !== "string").length;
  return (
    <Dialog
      title={t("number.title", { text: token.text })}
      onClose={onClose}
      actions={
        <>
          <LinkButton href={tokenHref(token)} target="_blank">
            {t("number.open")}
          </LinkButton>
          <Button variant="danger" onClick={onCut}>
            {t("number.cut")}
          </Button>
          <Button onClick={onClose} data-main="">
            {t("number.keep")}
          </Button>
        </>
      }
    >
      <p>{t("number.lead")}</p>
      <blockquote className={styles.sentence}>
        {sentence.map((one, at) => (typeof one === "string" ? one : <b key={at}>{one.text}</b>))}
      </blockquote>
      {numbers > 1 && <p>{t("number.others", { count: numbers })}</p>}
    </Dialog>
  );
}
