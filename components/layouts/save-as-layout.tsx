import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import type { CrossView } from "@/lib/features/cross/types";
import { crossLayoutHref } from "@/lib/features/layouts/address";

/** The cross table as it stands becomes a form. */
export function SaveAsLayout({ view: { filter, shape, look } }: { view: CrossView }) {
  const t = useTranslations("layoutForms");
  return (
    <LinkButton href={crossLayoutHref(filter, { ...shape, empty: look.empty })}>
      {t("fromCross")}
    </LinkButton>
  );
}
