"use client";

import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button-look";
import { NoticeLink, NoticePage } from "./notice-page";

export type ErrorNoticeProps = { digest: string | undefined; retry: () => void; alone?: boolean };

export function ErrorNotice({ digest, retry, alone = false }: ErrorNoticeProps) {
  const t = useTranslations("shell");
  return (
    <NoticePage
      alone={alone}
      title={t("error.title")}
      detail={digest === undefined ? undefined : t("error.digest", { digest })}
      actions={
        <>
          <button type="button" className={buttonLook({ variant: "primary" })} onClick={retry}>
            {t("error.retry")}
          </button>
          <NoticeLink href="/">{t("notFound.toWorkbench")}</NoticeLink>
        </>
      }
    >
      {t("error.body")}
    </NoticePage>
  );
}
