import { useTranslations } from "next-intl";
import { ChartFrame } from "@/components/chart/chart-frame";
import { money, sumWords, type Presentation } from "@/components/figures/presentation";
import { AppLink } from "@/components/ui/app-link";
import { dashboardHref } from "@/lib/features/figures/address";
import { addTotals, type DashboardView } from "@/lib/features/figures/present";
import type { FigureWords } from "@/lib/features/figures/types";
import { explainHref } from "@/lib/features/ledger/address";
import { facesOf, shownAreas, togetherNames } from "@/lib/features/map/present";
import {
  MAP_CLASSES,
  MAP_STEPS,
  USUAL_MAP,
  type CountyMap as Counties,
  type MapLook,
} from "@/lib/features/map/types";
import { knownSum } from "@/lib/kernel/known";
import { yearName } from "@/lib/kernel/year-axis";
import type { CardParts } from "./charts";
import { CountyMap } from "./county-map";

/** Too small on a map of the whole province to be told apart, or hit. */
const URBAN = ["630102", "630103", "630104", "630105"];

type MapCardProps = {
  view: DashboardView;
  show: Presentation;
  words: FigureWords;
  card: CardParts;
  title: string;
  map: Counties;
};

function Notes({ map, show, words }: Pick<MapCardProps, "show" | "words" | "map">) {
  const t = useTranslations("dashboard.map");
  const unit = useTranslations("common.unit")(show.unit);
  const { outside } = map;
  const together = togetherNames(map, words);
  const sum = outside && addTotals(outside.cells);
  const known = knownSum(sum);
  return (
    <>
      {together.map((names) => (
        <p key={names}>{t("together", { names })}</p>
      ))}
      {sum && known.kind !== "money" && <p>{t("outsideBare", { amount: sumWords(sum, show) })}</p>}
      {sum && known.kind === "money" && (
        <p>
          {t.rich("outside", {
            amount: money(known.fen, show),
            unit,
            open: (chunks) =>
              outside?.filter ? (
                <AppLink href={explainHref(outside.filter)}>{chunks}</AppLink>
              ) : (
                chunks
              ),
          })}
        </p>
      )}
    </>
  );
}

const definedOf = (look: MapLook = {}): Partial<typeof USUAL_MAP> =>
  Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));

/** The counties on the map: coloured by what they spent, each opening its vouchers. */
export function MapCard({ view, show, words, card, title, map }: MapCardProps) {
  const t = useTranslations("dashboard.map");
  const tChart = useTranslations("dashboard.chart");
  const unit = useTranslations("common.unit")(show.unit);
  const look = { ...USUAL_MAP, ...definedOf(view.look as MapLook) };
  const faces = facesOf(map, words, Number(look.steps));
  const counts = new Set(faces.flatMap(({ legend }) => legend.map(({ count }) => count)));
  return (
    <ChartFrame
      {...card}
      title={title}
      unit={unit}
      subtitle={`${tChart("codeOrder")} · ${tChart("drill")}`}
      tiles
      emptyReason={
        map.areas.some(({ cells }) => cells.length > 0)
          ? undefined
          : tChart("empty", { year: yearName(show.locale, view.filter.yearAxis, view.filter.year) })
      }
    >
      <CountyMap
        title={title}
        areas={shownAreas(map, words).map(({ filter, alone, spent, records, ...area }) => ({
          ...area,
          href: spent ? explainHref(filter) : undefined,
          narrow: alone ? dashboardHref(filter, view.look) : null,
          records: t("records", { count: records }),
        }))}
        faces={faces}
        measures={[...new Set(faces.map(({ measure }) => measure))].map((value) => ({
          value,
          label: t(`measure.${value}`),
        }))}
        steps={MAP_STEPS.map((value) => ({ value, label: t(`steps.${value}`) }))}
        classes={MAP_CLASSES.map((value) => ({ value, label: t("classes.of", { count: value }) }))}
        look={look}
        words={{
          measure: t("measure.label"),
          steps: t("steps.label"),
          classes: t("classes.label"),
          hint: t("hint"),
          open: t("open"),
          narrow: t("narrow"),
          rates: t("rates"),
          tiles: t("tilesNote"),
          outlines: view.mapReview
            ? `${t("source")} ${t("review", { number: view.mapReview })}`
            : t("source"),
          count: Object.fromEntries([...counts].map((count) => [count, t("areas", { count })])),
        }}
        inset={view.root.kind === "PROVINCE" ? { keys: URBAN, title: t("inset") } : undefined}
        notes={<Notes map={map} show={show} words={words} />}
      />
    </ChartFrame>
  );
}
