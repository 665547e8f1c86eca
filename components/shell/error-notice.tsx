"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { NoticePage } from "./notice-page";

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
          <Button variant="primary" onClick={retry}>
            {t("error.retry")}
          </Button>
          <LinkButton href="/">{t("notFound.toWorkbench")}</LinkButton>
        </>
      }
    >
      {t("error.body")}
    </NoticePage>
  );
}
