import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { NoticePage } from "./notice-page";

export function NotFoundNotice({ alone = false }: { alone?: boolean }) {
  const t = useTranslations("shell.notFound");
  return (
    <NoticePage
      alone={alone}
      title={t("title")}
      actions={
        <>
          <LinkButton href="/ledger" variant="primary">
            {t("toLedger")}
          </LinkButton>
          <LinkButton href="/">{t("toWorkbench")}</LinkButton>
        </>
      }
    >
      {t("body")}
    </NoticePage>
  );
}
