import { useTranslations } from "next-intl";
import { NoticeLink, NoticePage } from "./notice-page";

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
            <NoticeLink href={ownHref} variant="primary">
              {t("toOwn")}
            </NoticeLink>
          )}
          <NoticeLink href="/ledger" variant={ownHref === null ? "primary" : "secondary"}>
            {t("toLedger")}
          </NoticeLink>
          <NoticeLink href="/">{t("toWorkbench")}</NoticeLink>
        </>
      }
    >
      {ownHref === null ? t("body") : t("elsewhereBody")}
    </NoticePage>
  );
}
