import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { NoticePage } from "./notice-page";

type NotFoundNoticeProps = {
  alone?: boolean;
  /** The same page for the reader's own union, where the address named another's. */
  ownHref?: string | null;
};

export function NotFoundNotice({ alone = false, ownHref = null }: NotFoundNoticeProps) {
  const t = useTranslations("shell.notFound");
  return (
    <NoticePage
      alone={alone}
      title={ownHref === null ? t("title") : t("elsewhereTitle")}
      actions={
        <>
          {ownHref !== null && (
            <LinkButton href={ownHref} variant="primary" whole>
              {t("toOwn")}
            </LinkButton>
          )}
          <LinkButton href="/ledger" variant={ownHref === null ? "primary" : "secondary"}>
            {t("toLedger")}
          </LinkButton>
          <LinkButton href="/">{t("toWorkbench")}</LinkButton>
        </>
      }
    >
      {ownHref === null ? t("body") : t("elsewhereBody")}
    </NoticePage>
  );
}
