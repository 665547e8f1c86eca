import { useTranslations } from "next-intl";
import { money, type Presentation } from "@/components/figures/presentation";
import type { FigureCell } from "@/components/table/figure-cell";
import { FigureTable } from "@/components/table/figure-table";
import { Card } from "@/components/ui/card";
import { explainHref } from "@/lib/features/ledger/address";
import { namesOf } from "@/lib/features/reference/present";
import type { CrossingPair, YearEndView } from "@/lib/features/year-end/types";
import { knownSum, knownText } from "@/lib/kernel/known";
import { wholeText } from "@/lib/kernel/written";

type Props = { view: YearEndView; show: Presentation };

const end = { align: "end" as const };

function Pairs({ view, show }: Props) {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  const names = namesOf(view.reference, show.locale);
  const { pairs, pairsInAll } = view.books;
  if (pairs.length === 0) return null;
  const record = (id: string, value: string): FigureCell => ({
    value,
    href: `/disbursements/${id}`,
  });
  const cellsOf = (pair: CrossingPair): FigureCell[] => [
    record(pair.originId, t("voucher", { id: pair.originId })),
    names.organisation(pair.organisation),
    names.programme(pair.programme),
    String(pair.originYear),
    String(pair.bookedYear),
    record(pair.reversalId, money(pair.beforeFen, show)),
    pair.replacementId === null
      ? t("whole")
      : record(pair.replacementId, money(pair.afterFen, show)),
  ];
  return (
    <div id="pairs">
      <FigureTable
        caption={
          pairsInAll > pairs.length
            ? t("pairsCount", { count: pairsInAll, shown: pairs.length })
            : t("pairs")
        }
        showCaption
        columns={[
          { id: "origin", header: t("origin"), width: "8em" },
          { id: "place", header: t("place"), width: "10em" },
          { id: "programme", header: t("programme"), width: "8em" },
          { id: "originYear", header: t("originYear"), ...end },
          { id: "bookedYear", header: t("bookedYear"), ...end },
          { id: "before", header: t("before"), unit, ...end },
          { id: "after", header: t("after"), unit, ...end },
        ]}
        rows={pairs.map((pair) => ({ key: pair.reversalId, cells: cellsOf(pair) }))}
      />
    </div>
  );
}

/** 账面 and 还原 side by side, with the corrections that stand between them. */
export function TwoBooksCard({ view, show }: Props) {
  const t = useTranslations("yearEnd");
  const unit = useTranslations("common.unit")(show.unit);
  const { books, year } = view;
  const anchor = books.pairs.length > 0 ? "#pairs" : undefined;
  const hrefs = {
    booked: explainHref({ year: year.year }),
    fromEarlier: anchor,
    intoLater: anchor,
    restated: undefined,
  };
  return (
    <Card
      title={t("books")}
      note={t("booksNote")}
      footnote={t(books.pairs.length > 0 ? "recordsNote" : "noPairs")}
      flush
    >
      <FigureTable
        caption={t("books")}
        columns={[
          { id: "book", header: t("book"), width: "10em" },
          { id: "amount", header: t("amount"), unit, ...end },
          { id: "records", header: t("records"), ...end },
        ]}
        rows={(["booked", "fromEarlier", "intoLater", "restated"] as const).map((name) => ({
          key: name,
          emphasis: name === "booked" || name === "restated",
          level: name === "fromEarlier" ? 1 : undefined,
          cells: [
            t(name),
            { value: knownText(knownSum(books[name]), show), href: hrefs[name] },
            books[name].records === 0 && books[name].reversals === 0
              ? "—"
              : wholeText(books[name].records),
          ],
        }))}
      />
      <Pairs view={view} show={show} />
    </Card>
  );
}
