import "server-only";
import { cardLines, cardWorkbook } from "@/lib/features/card-files/present";
import { filterWords, placeInName } from "@/lib/features/files/present";
import type { ExportFile } from "@/lib/features/files/queries";
import { readPlaces, resolveFilter, refuseUnknownCode } from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Sum } from "@/lib/features/figures/present";
import { EVIDENCED, figuresOf, readOrigins, type FigureSet } from "@/lib/features/figures/queries";
import {
  comparedPeriod,
  monthsOf,
  originOf,
  wholeOf,
  yearsCompare,
  type Answer,
  type FigureCell,
  type Origins,
} from "@/lib/features/figures/rules";
import { perUnit } from "@/lib/features/map/rules";
import { topOf } from "@/lib/features/reference/present";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { checkpointLine } from "@/lib/kernel/checkpoint";
import { csvLine } from "@/lib/kernel/csv";
import { FILE_TYPES, type FileFormat } from "@/lib/kernel/file-format";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { Scope } from "@/lib/kernel/scope";
import { cardSayings } from "@/lib/platform/card-words";
import { latestCheckpoint } from "@/lib/platform/checkpoint";
import type { Reader } from "@/lib/platform/db";
import { textFile, workbookFile } from "@/lib/platform/spreadsheet";
import { labelsOf } from "@/lib/platform/words";
import { compareSheet } from "./paper";
import { compareTable } from "./present";
import { candidatesOf, peersOf } from "./rules";
import {
  SIDES,
  type Compared,
  type CompareAsked,
  type CompareSection,
  type CompareView,
  type Side,
} from "./types";

type Query = FigureFilter & CompareAsked;
type Asking = { db: Reader; scope: Scope; actor: Actor; query: Query; today: CivilDate };

/** The codes asked for, each once, as far as they name something; the first two where none are. */
function sidesOf(of: Compared, query: Query, choices: readonly string[]) {
  const asked = [...new Set(SIDES.flatMap((side) => query[side] ?? []))];
  const isYear = (code: string) => /^(19|20)\d\d$/.test(code);
  const isKnown = (code: string) => (of === "year" ? isYear(code) : choices.includes(code));
  const unknown = asked.filter((code) => !isKnown(code));
  const codes = asked.filter(isKnown);
  const others = choices.filter((code) => !codes.includes(code));
  return { unknown, codes: [...codes, ...others.slice(0, Math.max(0, 2 - codes.length))] };
}

/** What all sides share, and the filter of each. */
function filtersOf(
  of: Compared,
  codes: readonly string[],
  filter: FigureFilter & { year: number; org: string },
) {
  const { year, org, programme, ...rest } = filter;
  if (of === "org") {
    const common = { year, programme, ...rest };
    return { common, each: codes.map((code): FigureFilter => ({ ...common, org: code })) };
  }
  if (of === "programme") {
    const common = { year, org, ...rest };
    return { common, each: codes.map((code): FigureFilter => ({ ...common, programme: [code] })) };
  }
  const common = { org, programme, ...rest };
  return { common, each: codes.map((code): FigureFilter => ({ ...common, year: Number(code) })) };
}

type Reading = Pick<Asking, "db" | "scope"> & {
  of: Compared;
  codes: readonly string[];
  filters: readonly FigureFilter[];
  /** Without the place of either side: whom places are held against. */
  peers: FigureFilter;
  reference: Reference;
  places: readonly Organisation[];
};

/** Of each side: by place, by month, what is estimated, evidenced. */
const EACH = 4;
type Four = [Answer, Answer, Answer, Answer];

const bare = (answer: Answer): Sum => wholeOf(answer);

/** Every side in one statement. */
async function readSides(reading: Reading) {
  const { db, scope, of, codes, filters, peers, reference, places } = reading;
  const sets: FigureSet[] = [];
  for (const filter of filters) {
    const resolved = await resolveFilter({ db, scope, filter });
    sets.push(
      { resolved, groupBy: ["organisation", "programme"] },
      { resolved, groupBy: ["month"] },
      { resolved: { ...resolved, amountKinds: ["ESTIMATED"] }, groupBy: [] },
      { resolved, groupBy: [], records: EVIDENCED },
    );
  }
  if (of === "org") {
    const resolved = await resolveFilter({ db, scope, filter: peers });
    sets.push({ resolved, groupBy: ["organisation", "programme"] });
  }
  const answers = await figuresOf(db, sets);
  const whole = answers[filters.length * EACH]?.rows;
  const sides = filters.map((filter, at) => {
    const [place, month, estimated, evidenced] = answers.slice(at * EACH) as Four;
    const code = codes[at] ?? "";
    return {
      code,
      filter,
      totals: bare(place),
      leftOut: place.leftOut,
      estimated: bare(estimated),
      named: place.named,
      evidenced: bare(evidenced),
      byPlace: place.rows,
      byMonth: month.rows,
      rates: ratesOf({ cells: place.rows, whole, filter, code, reference, places, of }),
      comparable: true,
    };
  });
  return { sides, asOf: answers[0]?.asOf ?? "" };
}

type Rating = Pick<Reading, "of" | "reference" | "places"> & {
  cells: readonly FigureCell[];
  whole: readonly FigureCell[] | undefined;
  filter: FigureFilter;
  code: string;
};

function ratesOf({ cells, whole, filter, code, reference, places, of }: Rating): Side["rates"] {
  const { programmes } = reference;
  const except = of === "org" ? places.find((place) => place.code === code) : undefined;
  const rate = (unit: keyof Side["rates"]) => {
    const counted = programmes.filter(
      (one) => one.mainUnit === unit && (filter.programme?.includes(one.code) ?? !one.contributory),
    );
    return {
      known: perUnit(cells, unit, programmes),
      filter: { ...filter, programme: counted.map((one) => one.code) },
      peers: peersOf({ cells: whole ?? cells, places, programmes, unit, except }),
    };
  };
  return { persons: rate("persons"), households: rate("households") };
}

/** Of the years side by side: which may be compared with the first, and up to which month. */
async function readYears(
  { db, scope, query, today }: Asking,
  years: readonly number[],
  filter: FigureFilter,
) {
  const origins = await readOrigins(db, await resolveFilter({ db, scope, filter }), years);
  const first = origins[0];
  const partly = years.length > 1 && years.includes(yearOf(today)) && filter.month === undefined;
  const period = comparedPeriod(yearOf(today), today, "same-period");
  const through = partly && query.span !== "whole" && period ? monthsOf(period) : undefined;
  return {
    origin: originOf(mixed(origins)),
    comparable: origins.map((one) => first === undefined || yearsCompare(first, one)),
    partly: partly && period !== null && monthsOf(period) !== undefined,
    throughMonth: through ?? null,
  };
}

const mixed = (origins: readonly Origins[]): Origins => ({
  any: origins.some(({ any }) => any),
  demo: origins.some(({ demo }) => demo),
  published: origins.some(({ published }) => published),
});

/** The page, and the file of it, out of one snapshot. */
export async function getCompareView(asking: Asking): Promise<CompareView> {
  const { db, scope, actor, query, today } = asking;
  const { of: wanted, span = "same", a, b, c, ...asked } = query;
  const named = [a, b, c].flatMap((code) => code ?? []);
  const current = yearOf(today);
  const start = await readPlaces({
    ...{ db, scope, actor, current, whole: true },
    asked: wanted === "org" && named.length > 0 ? { ...asked, org: named } : asked,
  });
  const { reference, places, root, filter } = start;
  const choices = candidatesOf(reference, { places, year: filter.year });
  const of = wanted ?? (choices.org.length > 1 ? "org" : "year");
  const listed = of === "org" ? places.map(({ code }) => code) : choices[of];
  const { unknown, codes } = sidesOf(
    of,
    query,
    of === "org" ? [...choices.org, ...listed] : listed,
  );
  const top = topOf(places) ?? root;
  const { common, each } = filtersOf(of, codes, filter);
  const years = of === "year" ? codes.map(Number) : [filter.year];
  const among = await readYears(asking, years, { ...common, year: undefined });
  const { throughMonth, comparable, partly, origin } = among;
  const filters = each.map((one) => (throughMonth === null ? one : { ...one, throughMonth }));
  const { sides, asOf } = await readSides({
    ...{ db, scope, of, codes, filters, reference, places },
    peers: { ...common, org: top.code },
  });
  return {
    ...{ reference, places, of, span, common, throughMonth, partly, origin, asOf },
    root: of === "org" ? top : root,
    year: filter.year,
    ignored: [...new Set([...start.unknown, ...unknown])],
    sides: sides.map((side, at) => ({
      ...side,
      comparable: of !== "year" || comparable[at] !== false,
    })),
  };
}

type FileAsked = Pick<Asking, "db" | "scope" | "actor"> & {
  locale: Locale;
  now: Date;
  query: Query & {
    format: FileFormat;
    unit: MoneyUnit;
    section?: CompareSection["id"] | undefined;
  };
};

/** What the page shows side by side, as a file. */
export async function getCompareFile(input: FileAsked): Promise<ExportFile> {
  const { locale, now, db } = input;
  const { format, unit, section, ...query } = input.query;
  const view = await getCompareView({ ...input, query, today: civilDateInChina(now) });
  refuseUnknownCode(query, view.ignored, "a");
  const words = { locale, unit, ...cardSayings(locale) };
  const whole = compareTable(view, words);
  const sections = whole.sections.filter(({ id }) => section === undefined || id === section);
  if (sections.length === 0) throw new AppError("NOT_FOUND");
  const table = { ...whole, sections };
  const { common, root, reference } = view;
  const said = filterWords(common, reference, labelsOf(locale), locale);
  const checkpoint = await latestCheckpoint(db);
  const sheet = compareSheet({
    ...{ table, view, words, filter: said },
    checkpoint: checkpoint && checkpointLine(checkpoint, locale),
  });
  const { product, unitName } = summaryWords(locale);
  const titled = section === undefined ? table.title : `${table.title} ${sections[0]?.title ?? ""}`;
  const safe = titled.replace(locale === "en" ? /[^\w]+/g : /[\s/\\:*?"<>|]+/g, "-");
  const parts = [product, safe, placeInName(root, locale), unitName[unit]];
  const name = `${parts.join("_")}.${format}`;
  return {
    name,
    type: FILE_TYPES[format],
    body:
      format === "xlsx"
        ? await workbookFile([cardWorkbook(sheet, words)], { title: table.title, created: now })
        : textFile(cardLines(sheet, words).map(csvLine)),
    record: {
      name,
      organisationId: root.id,
      body: {
        ...{
          kind: "compare",
          section: section ?? "all",
          of: view.of,
          sides: view.sides.map(({ code }) => code),
        },
        ...{ format, unit, filter: said, asOf: view.asOf },
        records: view.sides.reduce((sum, { totals }) => sum + totals.records, 0),
      },
    },
  };
}
