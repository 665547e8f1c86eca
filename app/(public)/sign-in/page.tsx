import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInCover } from "@/components/session/sign-in-cover";
import { SignInForm } from "@/components/session/sign-in-form";
import { signInReasons } from "@/components/session/sign-in-reasons";
import { LanguageSwitch } from "@/components/shell/preference-switches";
import { loadDemoAccounts, loadIdentityProvider } from "@/lib/features/session/loaders";
import { safePath } from "@/lib/kernel/safe-path";
import styles from "./page.module.css";

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const [t, query, demo] = await Promise.all([
    getTranslations("signIn"),
    searchParams,
    loadDemoAccounts(),
  ]);
  const why = first(query.reason) ?? first(query.error);
  return (
    <div className={styles.page}>
      <div className={styles.left}>
        <SignInCover />
      </div>
      <main className={styles.right}>
        <div className={styles.head}>
          <h1 className={styles.title}>{t("title")}</h1>
          <LanguageSwitch />
        </div>
        <SignInForm
          next={safePath(first(query.next))}
          reason={signInReasons.find((reason) => reason === why) ?? null}
          provider={loadIdentityProvider()}
          demo={demo}
        />
      </main>
    </div>
  );
}
