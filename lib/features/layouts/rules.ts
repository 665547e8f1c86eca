import {
  CELLS_AT_MOST,
  crossOf,
  edgeLines,
  isRatio,
  isSum,
  rootsOf,
  TOTAL,
  type CrossReading,
  type Gathering,
} from "@/lib/features/cross/rules";
import {
  type Cross,
  type CrossAxis,
  type CrossCell,
  type CrossFilter,
  type CrossShape,
  type FormMeasure,
  type Ratio,
} from "@/lib/features/cross/types";
import type { FigureCell } from "@/lib/features/figures/rules";
import { NO_CAMPAIGN, type FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, Reference } from "@/lib/features/reference/types";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { formOf, SUM } from "./labels";
import {
  type Layout,
  type LayoutBlock,
  type LayoutGroup,
  GROUPED_AXES,
  SHIPPED_IDS,
  type GroupedAxis,
  type Laid,
  type LaidColumn,
  type LaidLine,
  type ShippedId,
} from "./types";

/** What a province keeps at most; the database counts as well (guard.most_layouts). */
export const MOST_LAYOUTS = 100;

export const isShipped = (id: string): id is ShippedId => SHIPPED_IDS.some((one) => one === id);

const isGrouped = (axis: CrossAxis): axis is GroupedAxis =>
  GROUPED_AXES.some((one) => one === axis);

/** Every code of an axis whose values may be gathered; what members pay in themselves is in no sum of relief. */
function codesOn(axis: GroupedAxis, reference: Reference): string[] {
  if (axis === "form") return [...AID_FORMS];
  const lists = {
    programme: reference.programmes.filter(({ contributory }) => !contributory),
    fundSource: reference.fundSources,
    aidCategory: reference.aidCategories,
    recipientKind: reference.recipientKinds,
  };
  return lists[axis].map(({ code }) => code);
}

const inSeasons = (seasons: readonly string[], { programmes }: Reference): string[] =>
  programmes
    .filter(({ season, contributory }) => !contributory && seasons.includes(season))
    .map(({ code }) => code);

/** What a layout counts, in the words of a filter; null where its seasons have no programme. */
export function filterOf({ filter }: Layout, reference: Reference): FigureFilter | null {
  const { seasons, ...conditions } = filter;
  if (seasons === undefined) return conditions;
  const programme = inSeasons(seasons, reference);
  return programme.length === 0 ? null : { ...conditions, programme };
}

/** What the layout names and the lists do not know: it may come from elsewhere. */
export function unknownCodes({ filter, blocks }: Layout, reference: Reference): string[] {
  const named = (axis: GroupedAxis | "campaign", codes: readonly string[] = []) => {
    const known =
      axis === "campaign"
        ? [NO_CAMPAIGN, ...reference.campaigns.map(({ code }) => code)]
        : axis === "programme"
          ? reference.programmes.map(({ code }) => code)
          : codesOn(axis, reference);
    return codes.filter((code) => !known.includes(code));
  };
  return [
    ...new Set([
      ...[...GROUPED_AXES, "campaign" as const].flatMap((axis) => named(axis, filter[axis])),
      ...blocks.flatMap(({ axis, groups = [] }) =>
        axis !== null && isGrouped(axis) ? groups.flatMap(({ codes }) => named(axis, codes)) : [],
      ),
    ]),
  ];
}

const KEPT = ["programme", "aidCategory", "recipientKind", "campaign", "fundSource", "form", "amountKind"] as const; // prettier-ignore

/** A cross table as a form keeps it; `dropped`: conditions that no form has, as year and place are chosen anew. */
export function layoutOfCross(
  { rows, columns, measure }: CrossShape,
  { year: _year, yearAxis: _axis, org: _org, ...filter }: CrossFilter,
  empty: Layout["emptyRows"],
): { layout: Layout; dropped: (keyof CrossFilter)[] } {
  const kept = KEPT.flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]]));
  const said = (Object.keys(filter) as (keyof typeof filter)[]).filter(
    (name) => filter[name] !== undefined,
  );
  // a share has no column: both of what it is divided from have
  const of: FormMeasure[] = measure === "namedPermille" ? ["amountFen", "namedFen"] : [measure];
  return {
    layout: formOf({
      title: { zh: "", en: "" },
      rows,
      blocks: [
        { name: SUM, axis: null, measures: of },
        { name: { zh: "", en: "" }, axis: columns, measures: of },
      ],
      filter: Object.fromEntries(kept) as Layout["filter"],
      emptyRows: empty,
    }),
    dropped: said.filter((name) => !KEPT.some((one) => one === name)),
  };
}

type Patching = Gathering & { rest?: true; of?: LayoutGroup };

/** Columns that gather values of an axis: each value once, in the first that names it, all others in the last. */
function gathered(
  axis: GroupedAxis,
  groups: readonly LayoutGroup[],
  {
    lines,
    filter,
    reference,
  }: { lines: readonly Gathering[]; filter: FigureFilter; reference: Reference },
): Patching[] {
  const asked = filter[axis] as readonly string[] | undefined;
  const left = new Set(asked ?? codesOn(axis, reference));
  const column = (key: string, codes: string[], patch: boolean): Patching => ({
    ...{ key, code: key, kind: "item", own: false, level: 0, gathers: codes },
    patch: codes.length > 0 && patch ? { [axis]: codes } : null,
  });
  const named = groups.map((of, at) => {
    const wanted = [...(of.codes ?? []), ...inSeasons(of.seasons ?? [], reference)];
    const codes = wanted.filter((code) => left.delete(code));
    return { ...column(`group-${at}`, codes, true), of };
  });
  const taken = new Set(named.flatMap(({ gathers }) => gathers));
  const others = lines.filter(({ kind, code }) => kind === "item" && !taken.has(code));
  const rest = column(
    "rest",
    others.map(({ code }) => code),
    others.every(({ patch }) => patch !== null),
  );
  return others.length === 0 ? named : [...named, { ...rest, rest: true }];
}

/** What one part of a layout reads: its axis, or the sum alone, once for each ratio besides. */
export const readingKey = (axis: CrossAxis | null, ratio: Ratio | null = null): string =>
  `${axis ?? ""}/${ratio ?? ""}`;

function measuresOf({ measures, groups = [] }: LayoutBlock): FormMeasure[] {
  return [...new Set([...measures, ...groups.flatMap((group) => group.measures ?? [])])];
}

/** Every reading that a layout needs, each once. */
export function readingsOf({ blocks }: Layout): { axis: CrossAxis | null; ratio: Ratio | null }[] {
  const all = blocks.flatMap((block) => [
    { axis: block.axis, ratio: null },
    ...measuresOf(block).flatMap((measure) =>
      isRatio(measure) ? [{ axis: block.axis, ratio: measure }] : [],
    ),
  ]);
  const first = [{ axis: null, ratio: null }, ...all];
  return [...new Map(first.map((one) => [readingKey(one.axis, one.ratio), one])).values()];
}

type Laying = {
  layout: Layout;
  filter: CrossFilter;
  reference: Reference;
  places: readonly Organisation[];
  readings: ReadonlyMap<string, CrossReading>;
  earlier: readonly FigureCell[];
};

type Part = { lines: Gathering[]; shown: Patching[] };

function partOf(block: LayoutBlock, laying: Laying, reading: CrossReading): Part {
  const { filter, reference, places } = laying;
  const { axis, groups } = block;
  if (axis === null) return { lines: [TOTAL], shown: [TOTAL] };
  const roots = rootsOf(places, filter);
  const listed = edgeLines(
    axis,
    { filter, reference, places, roots, edge: reading.columns },
    reading,
  );
  const apart = listed.filter(({ kind }) => kind === "apart");
  const items = listed.filter(({ kind }) => kind === "item" || kind === "subtotal");
  const shown: Patching[] =
    groups && isGrouped(axis) ? gathered(axis, groups, { lines: items, filter, reference }) : items;
  return { lines: [...shown, TOTAL, ...apart], shown: [...shown, ...apart] };
}

const laidLine = ({ key, code, own, level, kind, rest }: Patching): LaidLine => ({
  ...{ key, code, own, level },
  kind: rest ? "rest" : kind,
});

/** Any axis but that of the lines: a part that is a sum alone has no other side. */
const otherThan = (rows: CrossAxis): CrossAxis => (rows === "form" ? "programme" : "form");

function crossing(
  { rows, lines, axis }: { rows: Gathering[]; lines: Gathering[]; axis: CrossAxis | null },
  measure: FormMeasure,
  laying: Laying,
) {
  const { layout, filter, reference, places, readings, earlier } = laying;
  const reading = readings.get(readingKey(axis));
  if (!reading) throw new Error("layouts: a part was not read");
  return crossOf(
    { rows, columns: lines },
    {
      ...{ filter, reference, places, earlier, reading },
      roots: rootsOf(places, filter),
      shape: { rows: layout.rows, columns: axis ?? otherThan(layout.rows), measure },
      priced: isRatio(measure) ? (readings.get(readingKey(axis, measure)) ?? null) : null,
    },
  );
}

/** Of counts alone: their lines may come to more than the total where a record is paid by several sources. */
const surplusIn = (
  axis: CrossAxis | null,
  surplus: bigint | undefined,
  measure: FormMeasure,
): Laid["surplus"] =>
  axis === null || isSum(measure) || surplus === undefined || surplus === 0n
    ? []
    : [{ axis, count: surplus }];

type Table = Omit<Laid, "leftOut" | "asOf" | "seq" | "definition">;

/** How many cells a layout has that is refused. */
export type TooLarge = { tooLarge: number };

/** The lines of a layout, and each of its columns, out of what was read. */
export function layLaid(laying: Laying): Table | TooLarge {
  const { layout, filter, reference, places, readings } = laying;
  const whole = readings.get(readingKey(null));
  if (!whole) throw new Error("layouts: the total was not read");
  const roots = rootsOf(places, filter);
  const rows = edgeLines(
    layout.rows,
    { filter, reference, places, roots, edge: whole.rows },
    whole,
  );
  const parts = layout.blocks.map((block) =>
    partOf(block, laying, readings.get(readingKey(block.axis)) ?? whole),
  );
  const columns = layout.blocks.flatMap((block, at) => columnsOf(block, at, parts[at] as Part));
  const size = rows.length * columns.length;
  if (size > CELLS_AT_MOST) return { tooLarge: size };
  const surplus: Table["surplus"] = [];
  const cells = new Map<string, Pick<Cross, "cells">>();
  layout.blocks.forEach((block, at) => {
    for (const measure of measuresOf(block)) {
      const { axis } = block;
      const cross = crossing({ rows, lines: (parts[at] as Part).lines, axis }, measure, laying);
      cells.set(`${at}/${measure}`, cross);
      surplus.push(
        ...surplusIn(
          layout.rows === "fundSource" ? "fundSource" : null,
          cross.surplus?.rows,
          measure,
        ),
        ...surplusIn(axis === "fundSource" ? axis : null, cross.surplus?.columns, measure),
      );
    }
  });
  const sum = crossing({ rows, lines: [TOTAL], axis: null }, "amountFen", laying);
  return {
    rows: sum.rowLines,
    edge: sum.cells.map(([cell]) => cell as CrossCell),
    earlier: sum.earlier,
    surplus,
    columns: columns.map(({ gathering, ...column }) => {
      const { block, measure } = column;
      const found = cells.get(`${block}/${measure}`)?.cells ?? [];
      const index = (parts[block] as Part).lines.indexOf(gathering);
      return { ...column, cells: found.map((row) => row[index] as CrossCell) };
    }),
  };
}

function columnsOf(block: LayoutBlock, at: number, { shown }: Part) {
  return shown.flatMap((gathering) =>
    (gathering.of?.measures ?? block.measures).map(
      (measure): Omit<LaidColumn, "cells"> & { gathering: Gathering } => ({
        ...{ block: at, measure, gathering },
        line: laidLine(gathering),
        group: gathering.of ?? null,
      }),
    ),
  );
}
