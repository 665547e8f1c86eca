import { useTranslations } from "next-intl";
import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import type { SecondFactor } from "@/lib/features/session/schema";

/** For whoever's role is advised to sign in with a second factor, until they do. */
export function FactorNotice({ view }: { view: SecondFactor }) {
  const t = useTranslations("account.factor");
  if (view.confirmed || view.rule === "off") return null;
  return (
    <Callout tone="info" actions={<Link href="/account">{t("begin")}</Link>}>
      {t(view.rule === "required" ? "required" : "asked")}
    </Callout>
  );
}
