import { useTranslations } from "next-intl";
import { momentText } from "@/lib/kernel/written";
import type { Balance, LeftOut } from "@/lib/features/figures/types";
import { money, type Presentation } from "./presentation";

/** 未含 and 其中: what a total does not hold, and what in it is not exact. */
export function LeftOutWords({ leftOut, show }: { leftOut: LeftOut; show: Presentation }) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const { contributory } = leftOut;
  const outside = (["draft", "submitted", "returned"] as const)
    .filter((part) => leftOut[part] !== 0)
    .map((part) => t(`foot.${part}`, { count: leftOut[part] }));
  if (contributory.records !== 0)
    outside.push(
      t("foot.contributory", {
        count: contributory.records,
        amount: money(contributory.amountFen, show),
        unit,
      }),
    );
  const inside = (["unvalued", "estimated"] as const)
    .filter((part) => leftOut[part] !== 0)
    .map((part) => t(`foot.${part}`, { count: leftOut[part] }));
  if (outside.length + inside.length === 0) return t("foot.none");
  const list = (items: string[]) => items.join(t("separator"));
  return (
    <>
      {outside.length > 0 && <span>{t("foot.leftOut", { items: list(outside) })} </span>}
      {inside.length > 0 && <span>{t("foot.inside", { items: list(inside) })} </span>}
    </>
  );
}

/** Of how many organisations a balance does not tell. */
export function BalanceLeftOut({ leftOut }: { leftOut: Balance["leftOut"] }) {
  const t = useTranslations("dashboard.balanceLeftOut");
  return (["withoutReceipts", "unpriced"] as const)
    .filter((part) => leftOut[part] > 0)
    .map((part) => <span key={part}>{t(part, { count: leftOut[part] })}</span>);
}

export function AsOf({ asOf }: { asOf: string }) {
  const t = useTranslations("dashboard.foot");
  return <span className="nowrap">{t("asOf", { at: momentText(asOf) })} </span>;
}
