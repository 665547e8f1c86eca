import { useTranslations } from "next-intl";
import type { Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { changesHref } from "@/lib/features/changes/address";
import { changesSentence } from "@/lib/features/changes/present";
import type { Changes } from "@/lib/features/changes/schema";
import type { ChangesFilter } from "@/lib/features/changes/types";

type Told = Pick<Changes, "since" | "until" | "sum" | "counts">;

/** 比1月10日多…: in one sentence what moved a figure since. */
export function ChangedSince({ changes, show }: { changes: Told; show: Presentation }) {
  const t = useTranslations("changes");
  const common = useTranslations("common");
  return changesSentence(changes, { ...show, changes: t, common });
}

/** Beside the stamp of a figure: the way to what moved it. */
export function ChangesLink({ filter, since }: { filter: ChangesFilter; since?: number }) {
  const t = useTranslations("changes");
  return (
    <span className="no-print">
      <AppLink href={changesHref(filter, since)}>{t("open")}</AppLink>{" "}
    </span>
  );
}
