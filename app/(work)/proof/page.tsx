import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProofPage } from "@/components/session/proof-page";
import { PageHeader } from "@/components/ui/page-header";
import { loadSession } from "@/lib/features/session/loaders";
import { safePath } from "@/lib/kernel/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.proof");
  return { title: t("title") };
}

export default async function Page({ searchParams }: PageProps<"/proof">) {
  await loadSession();
  const [t, { next }] = await Promise.all([getTranslations("account.proof"), searchParams]);
  return (
    <div className="stack">
      <PageHeader title={t("title")} />
      <ProofPage next={safePath(typeof next === "string" ? next : null)} />
    </div>
  );
}
