import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoticePage } from "@/components/shell/notice-page";
import { LinkButton } from "@/components/ui/link-button";
import { loadSession } from "@/lib/features/session/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell.forbidden");
  return { title: t("title") };
}

export default async function ForbiddenPage() {
  const [session, t, tShell, tRole] = await Promise.all([
    loadSession(),
    getTranslations("shell.forbidden"),
    getTranslations("shell"),
    getTranslations("labels.role"),
  ]);
  const role = session.roles.map((one) => tRole(one)).join("、");
  return (
    <NoticePage
      title={t("title")}
      actions={
        <>
          <LinkButton href="/" variant="primary">
            {tShell("notFound.toWorkbench")}
          </LinkButton>
          <LinkButton href="/help">{tShell("help")}</LinkButton>
        </>
      }
    >
      {role === "" ? t("bodyPlain") : t("body", { role })}
    </NoticePage>
  );
}
