import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { movedHref } from "@/lib/features/narrative-texts/address";
import type { MarkedPiece, MarkedToken } from "@/lib/features/narrative-texts/types";
import { tokenHref } from "./token-href";
import styles from "./narrative.module.css";

/** Old → new: what it was when it was written, struck out, and what the ledger says now. */
function Moved({ token, text }: { token: MarkedToken; text: string | null }) {
  const t = useTranslations("narrative.saved");
  const href = movedHref(token) ?? tokenHref(token);
  const words = text ?? t("gone");
  return (
    <span className={styles.moved}>
      <del>{token.text}</del>
      <span aria-hidden> → </span>
      <AppLink
        href={href}
        className={styles.token}
        aria-label={t("movedLabel", { old: token.text, text: words })}
      >
        <ins>{words}</ins>
      </AppLink>
    </span>
  );
}

export function SavedProse({ head, pieces }: { head: string | null; pieces: MarkedPiece[] }) {
  return (
    <p className={styles.paragraph}>
      {head !== null && <span className={styles.head}>{head}</span>}
      {pieces.map((piece, at) => {
        if (typeof piece === "string") return piece;
        if (piece.now) return <Moved key={at} token={piece} text={piece.now.text} />;
        return (
          <AppLink key={at} href={tokenHref(piece)} className={styles.token}>
            {piece.text}
          </AppLink>
        );
      })}
    </p>
  );
}
