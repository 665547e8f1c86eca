import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";

type UnreadableAddressProps = {
  /** The conditions nobody can read, as they stand in the address. */
  names: readonly string[];
  /** The same page under the others. */
  href: string;
};

/** Without a condition that was asked for, a page would show another figure than the one that was meant. */
export function UnreadableAddress({ names, href }: UnreadableAddressProps) {
  const t = useTranslations("dashboard.unreadable");
  return (
    <div className="stack">
      <PageHeader title={t("title")} />
      <Callout tone="danger">{t("body", { names: names.join(t("separator")) })}</Callout>
      <p>
        <LinkButton href={href}>{t("without")}</LinkButton>
      </p>
    </div>
  );
}
