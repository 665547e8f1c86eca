import type { FigureCell } from "@/lib/features/figures/rules";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Organisation } from "@/lib/features/reference/types";
import type { Known, Wordless } from "@/lib/kernel/known";

/** What an area is coloured by: all it spent, or what it spent for one person or household where that is counted. */
export const MAP_MEASURES = ["amount", "persons", "households"] as const;
export type MapMeasure = (typeof MAP_MEASURES)[number];

/** Classes of as many areas each, or of steps as wide each. */
export const MAP_STEPS = ["quantile", "equal"] as const;
export type MapSteps = (typeof MAP_STEPS)[number];

/** Into how many; the eye tells five shades of one colour apart. */
export const MAP_CLASSES = ["3", "4", "5"] as const;

/** How the map is drawn, as it stands in the address; what is usual is not said there. */
export type MapLook = {
  map?: MapMeasure | undefined;
  classes?: MapSteps | undefined;
  steps?: (typeof MAP_CLASSES)[number] | undefined;
};
export const USUAL_MAP = { map: "amount", classes: "quantile", steps: "5" } as const;

/** A county, or two that the outlines have as one. */
export type MapArea = {
  /** The first of its counties. */
  key: string;
  places: Organisation[];
  /** By paying organisation and programme. */
  cells: FigureCell[];
  values: Record<MapMeasure, Known>;
  /** Opens exactly the vouchers of its counties. */
  filter: FigureFilter;
};

export type CountyMap = {
  areas: MapArea[];
  /** What no county paid: the province and prefectures themselves, unions without a place; null = nothing. */
  outside: { cells: FigureCell[]; filter: FigureFilter | null } | null;
};

/** Both bounds belong to it; no two classes share a value. */
export type MapClass = { from: bigint; to: bigint; count: number };

/** How an area is painted: by its class, or by a sign of its own. */
export type MapSign = "class" | "zero" | Wordless;
