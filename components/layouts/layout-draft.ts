import {
  CONDITIONS,
  GROUPED_AXES,
  type Condition,
  type GroupedAxis,
  type Layout,
  type LayoutBlock,
  type LayoutFilter,
  type LayoutGroup,
  type LayoutText,
} from "@/lib/features/layouts/types";

/** A form while it is drawn: what stands in lists has a key of its own, which stays with it wherever it is moved. */
export type DraftLine = LayoutText & { key: string };

export type DraftGroup = {
  key: string;
  name: LayoutText;
  codes: string[];
  seasons: NonNullable<LayoutGroup["seasons"]>;
  /** Null: those of the part. */
  measures: LayoutBlock["measures"] | null;
};

export type DraftPart = Pick<LayoutBlock, "name" | "axis" | "measures"> & {
  key: string;
  groups: DraftGroup[];
  /** What was gathered on other axes, while another one is looked at. */
  aside: Partial<Record<GroupedAxis, DraftGroup[]>>;
};

export const LINES = ["header", "footer", "notes"] as const;
export type LinesName = (typeof LINES)[number];

export type LayoutDraft = Omit<Layout, "blocks" | "filter" | LinesName> & {
  filter: Partial<Record<Condition, string[] | undefined>>;
  blocks: DraftPart[];
} & Record<LinesName, DraftLine[]>;

export const isGathering = (axis: string | null): axis is GroupedAxis =>
  GROUPED_AXES.some((one) => one === axis);

let made = 0;
const newKey = () => `new-${++made}`;

const EMPTY: LayoutText = { zh: "", en: "" };
export const newLine = (): DraftLine => ({ key: newKey(), ...EMPTY });
export const newGroup = (): DraftGroup => ({
  key: newKey(),
  name: EMPTY,
  codes: [],
  seasons: [],
  measures: null,
});
export const newPart = (): DraftPart => ({
  ...{ key: newKey(), name: EMPTY, axis: null, measures: ["amountFen"] },
  ...{ groups: [], aside: {} },
});

const groupOf = ({ name, codes, seasons, measures }: LayoutGroup, key: string): DraftGroup => ({
  ...{ key, name, codes: codes ?? [], seasons: seasons ?? [], measures: measures ?? null },
});

export function draftOf({ blocks, header, footer, notes, filter, ...layout }: Layout): LayoutDraft {
  const lines = (texts: readonly LayoutText[], list: LinesName) =>
    texts.map((text, at): DraftLine => ({ key: `${list}-${at}`, ...text }));
  return {
    ...layout,
    filter: { ...filter },
    blocks: blocks.map(({ name, axis, measures, groups = [] }, at) => ({
      ...{ key: `part-${at}`, name, axis, measures, aside: {} },
      groups: groups.map((group, of) => groupOf(group, `part-${at}-${of}`)),
    })),
    header: lines(header, "header"),
    footer: lines(footer, "footer"),
    notes: lines(notes, "notes"),
  };
}

/** What is sent: whatever cannot stand so is said by the server, at the place that it names. */
export function layoutOf({
  blocks,
  header,
  footer,
  notes,
  filter,
  ...layout
}: LayoutDraft): Layout {
  const texts = (lines: readonly DraftLine[]) => lines.map(({ zh, en }) => ({ zh, en }));
  return {
    ...layout,
    filter: filter as LayoutFilter,
    blocks: blocks.map(({ name, axis, measures, groups }) => ({
      ...{ name, axis, measures },
      ...(groups.length > 0 && { groups: groups.map(sentGroup) }),
    })),
    header: texts(header),
    footer: texts(footer),
    notes: texts(notes),
  };
}

const sentGroup = ({ name, codes, seasons, measures }: DraftGroup): LayoutGroup => ({
  name,
  ...(codes.length > 0 && { codes }),
  ...(seasons.length > 0 && { seasons }),
  ...(measures !== null && { measures }),
});

/** Another axis for a part; what was gathered on the one before is there again when that one is. */
export function withAxis(part: DraftPart, axis: DraftPart["axis"]): DraftPart {
  const aside = isGathering(part.axis) ? { ...part.aside, [part.axis]: part.groups } : part.aside;
  return { ...part, axis, aside, groups: (isGathering(axis) && aside[axis]) || [] };
}

type KeyedItem = { key: string };

export function moved<Item>(list: readonly Item[], at: number, step: -1 | 1): Item[] {
  const to = at + step;
  const next = [...list];
  const [one, other] = [list[at], list[to]];
  if (one === undefined || other === undefined) return next;
  next[at] = other;
  next[to] = one;
  return next;
}

/** In its place another, or none. */
export const replaced = <Item extends KeyedItem>(
  list: readonly Item[],
  key: string,
  next: Item | null,
): Item[] => list.flatMap((one) => (one.key === key ? (next ?? []) : [one]));

const isList = (name: string | undefined): name is LinesName | "blocks" =>
  name === "blocks" || LINES.some((one) => one === name);

/** Where the server found a fault, by the keys of what was sent: layout.blocks.2.groups.0.codes.1 → blocks.k.groups.k.codes. */
function placeOf(field: string, sent: LayoutDraft): string {
  const steps = field.split(".").slice(1);
  const [list, at] = steps;
  if (isList(list)) {
    const item = sent[list][Number(at)];
    if (at !== undefined && item) {
      steps[1] = item.key;
      const group = "groups" in item && steps[2] === "groups" && item.groups[Number(steps[3])];
      if (group) steps[3] = group.key;
    }
  }
  return steps.filter((step) => !/^\d+$/.test(step)).join(".");
}

export type Faults = Readonly<Record<string, string>>;

/** What the server refused, by place. */
export function faultsOf(said: Record<string, string[]>, sent: LayoutDraft): Faults {
  const faults: Record<string, string[]> = {};
  for (const [field, sentences] of Object.entries(said)) {
    if (field !== "layout" && !field.startsWith("layout.")) continue;
    const place = placeOf(field, sent);
    faults[place] = [...new Set([...(faults[place] ?? []), ...sentences])];
  }
  return Object.fromEntries(
    Object.entries(faults).map(([place, sentences]) => [place, sentences.join(" ")]),
  );
}

/** Whether what a fault is about is still there: what was taken away has none. */
export function stands(place: string, draft: LayoutDraft): boolean {
  const [list, key, below, group] = place.split(".");
  if (list === "filter") return key === undefined || draft.filter[key as Condition] !== undefined;
  if (!isList(list) || key === undefined) return true;
  const item = (draft[list] as readonly (DraftPart | DraftLine)[]).find((one) => one.key === key);
  if (!item) return false;
  return !(below === "groups" && group && "groups" in item)
    ? true
    : item.groups.some((one) => one.key === group);
}

/** Those that may still be added: seasons or programmes, one of the two. */
export const addable = (filter: LayoutDraft["filter"]): Condition[] =>
  CONDITIONS.filter(
    (one) =>
      filter[one] === undefined &&
      !(one === "seasons" && filter.programme) &&
      !(one === "programme" && filter.seasons),
  );
