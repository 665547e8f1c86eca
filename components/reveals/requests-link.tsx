import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { revealRequestsHref } from "@/lib/features/reveals/address";

/** To what waits for whoever judges here; nothing where nothing waits. */
export function RequestsLink({ count }: { count: number }) {
  const t = useTranslations("reveals");
  return (
    count > 0 && <LinkButton href={revealRequestsHref()}>{t("request.link", { count })}</LinkButton>
  );
}
