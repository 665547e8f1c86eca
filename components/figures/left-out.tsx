import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { explainHref } from "@/lib/features/ledger/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import { momentText } from "@/lib/kernel/written";
import type { Balance, LeftOutThen, Named } from "@/lib/features/figures/types";
import {
  contributorySum,
  earlierWords,
  permilleText,
  type Sum,
} from "@/lib/features/figures/present";
import { knownFen, knownSum, knownText } from "@/lib/kernel/known";
import { namedPermille, vouchersOf } from "@/lib/features/figures/rules";
import type { Presentation } from "./presentation";
import { useFigureWords } from "./use-figure-words";

type LeftOutProps = {
  leftOut: LeftOutThen;
  show: Presentation;
  /** Of the total; given where what in it has no amount, or no exact one, may be opened. */
  filter?: FigureFilter | undefined;
  /** Where no filter is given: the year asked for. */
  years?: Pick<FigureFilter, "year"> | undefined;
};

/** Of a statistics year: what has no known month is in none, and is said. */
function UnplacedWords({ leftOut, show, filter, years = filter }: LeftOutProps) {
  const t = useTranslations("dashboard.foot");
  const unit = useTranslations("common.unit")(show.unit);
  const { unplaced } = leftOut;
  const year = years?.year;
  if (!unplaced || year === undefined) return null;
  const said = { before: String(year - 1), year: String(year) };
  const sum = knownSum(unplaced);
  const amount = knownText(sum, show);
  const open = (words: ReactNode) =>
    filter ? <AppLink href={explainHref({ ...filter, month: 0 })}>{words}</AppLink> : words;
  return (
    <>
      {vouchersOf(unplaced) > 0 && (
        <span>
          {t.rich(sum.kind === "money" ? "unplaced" : "unplacedBare", {
            ...{ ...said, count: unplaced.records, amount, unit, open },
          })}{" "}
        </span>
      )}
      {(unplaced.waiting ?? 0) > 0 && (
        <span>{t("unplacedWaiting", { ...said, count: unplaced.waiting ?? 0 })} </span>
      )}
    </>
  );
}

const KINDS = { unvalued: "unvalued", estimated: "estimated", withoutMoney: "none" } as const;

/** 未含 and 其中: what a total does not hold, and what in it is not exact. */
export function LeftOutWords({ leftOut, show, filter, years }: LeftOutProps) {
  const t = useTranslations("dashboard");
  const unit = useTranslations("common.unit")(show.unit);
  const { contributory } = leftOut;
  const outside = (["draft", "submitted", "returned"] as const).flatMap((part) => {
    const count = leftOut[part];
    return count === null || count === 0 ? [] : [t(`foot.${part}`, { count })];
  });
  if (leftOut.draft === null) outside.push(t("foot.waitingUnknown"));
  if (contributory.records !== 0) {
    const apart = contributorySum(leftOut);
    const said = { count: contributory.records, amount: knownText(apart, show), unit };
    outside.push(t(apart.kind === "money" ? "foot.contributory" : "foot.contributoryBare", said));
  }
  const inside = (["unvalued", "estimated", "withoutMoney"] as const).filter(
    (part) => leftOut[part] !== 0,
  );
  const open = (part: keyof typeof KINDS, words: ReactNode) =>
    filter ? (
      <AppLink href={explainHref({ ...filter, amountKind: [KINDS[part]] })}>{words}</AppLink>
    ) : (
      words
    );
  const unplaced = <UnplacedWords {...{ leftOut, show, filter, years }} />;
  if (outside.length + inside.length === 0)
    return (
      <>
        {t("foot.none")} {unplaced}
      </>
    );
  const list = (items: string[]) => items.join(t("separator"));
  return (
    <>
      {outside.length > 0 && <span>{t("foot.leftOut", { items: list(outside) })} </span>}
      {inside.length > 0 && (
        <span>
          {t.rich("foot.insideRich", {
            items: () =>
              inside.map((part, at) => (
                <Fragment key={part}>
                  {at > 0 && t("separator")}
                  {t.rich(`foot.${part}`, {
                    count: leftOut[part],
                    open: (words) => open(part, words),
                  })}
                </Fragment>
              )),
          })}{" "}
        </span>
      )}
      {unplaced}
    </>
  );
}

type NamedProps = { named: Named; totals: Sum; show: Presentation; filter: FigureFilter };

/** 实名: what of a total was handed in with a roster; opens those records. Nothing where nothing was. */
export function NamedWords({ named, totals, show, filter }: NamedProps) {
  const t = useTranslations("dashboard.foot");
  const unit = useTranslations("common.unit")(show.unit);
  if (named.namedRecords === 0) return null;
  const permille = namedPermille({ ...totals, ...named });
  const open = (words: ReactNode) => (
    <AppLink href={explainHref({ ...filter, named: "yes" })}>{words}</AppLink>
  );
  const said = {
    count: named.namedRecords,
    amount: knownText(knownFen(BigInt(named.namedFen)), show),
    share: permille === null ? "" : permilleText(BigInt(permille)),
  };
  return <span>{t.rich(permille === null ? "namedBare" : "named", { ...said, unit, open })} </span>;
}

type EarlierProps = { sum: Sum | null; filter: FigureFilter; show: Presentation };

/** 含以前年度更正, beside the figure that holds it; opens those corrections alone. */
export function EarlierNote({ sum, filter, show }: EarlierProps) {
  const words = earlierWords(sum, useFigureWords(show));
  if (words === undefined) return null;
  return (
    <div>
      <AppLink href={explainHref({ ...filter, corrects: "earlier" })}>{words}</AppLink>
    </div>
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
