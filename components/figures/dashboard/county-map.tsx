"use client";

import dynamic from "next/dynamic";
import { useId, useState, type ReactNode } from "react";
import type { DrawnArea } from "@/components/map/area-mark";
import { LegendKey } from "@/components/map/legend-key";
import { AppLink } from "@/components/ui/app-link";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonChart } from "@/components/ui/skeleton";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { MapFace } from "@/lib/features/map/present";
import { USUAL_MAP, type MapLook, type MapMeasure, type MapSteps } from "@/lib/features/map/types";
import { useRouter } from "next/navigation";
import type { Route } from "next";
import styles from "./county-map.module.css";

const loading = () => <SkeletonChart height={440} />;
const ShapesPlot = dynamic(() => import("@/components/map/shapes-plot"), { ssr: false, loading });
const TileGrid = dynamic(() => import("@/components/map/tile-grid"), { ssr: false, loading });

type Named<Value extends string> = { value: Value; label: string };
type Area = {
  key: string;
  name: string;
  label: string;
  href: string | undefined;
  narrow: string | null;
  records: string;
};

export type CountyMapProps = {
  title: string;
  areas: readonly Area[];
  faces: readonly MapFace[];
  measures: readonly Named<MapMeasure>[];
  steps: readonly Named<MapSteps>[];
  classes: readonly Named<NonNullable<MapLook["steps"]>>[];
  /** As the address says. */
  look: Required<{ [name in keyof MapLook]: NonNullable<MapLook[name]> }>;
  words: Record<
    "measure" | "steps" | "classes" | "hint" | "open" | "narrow" | "rates" | "tiles" | "outlines",
    string
  > & { count: Record<number, string> };
  inset: { keys: readonly string[]; title: string } | undefined;
  /** What the reader has to know beside the picture. */
  notes: ReactNode;
};

/** The map, or the tiles, under the measure and the classes that the reader chose, and what the chosen area says. */
export function CountyMap(props: CountyMapProps) {
  const { title, areas, faces, measures, steps, classes, look, words, inset, notes } = props;
  const router = useRouter();
  const id = useId();
  const [measure, setMeasure] = useState<MapMeasure>(look.map);
  const [by, setBy] = useState<MapSteps>(look.classes);
  // how many classes is drawn by the server: the button answers at once, the map follows
  const [asked, setAsked] = useState(look.steps);
  const [chosen, choose] = useState<string | null>(null);
  const face = faces.find((one) => one.measure === measure && one.steps === by) ?? faces[0];
  if (!face) return null;

  /** It is drawn at once; the address follows, so that it can be kept, sent and narrowed. */
  function redraw(next: MapLook): void {
    if (next.map) setMeasure(next.map);
    if (next.classes) setBy(next.classes);
    if (next.steps) setAsked(next.steps);
    const query = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(next) as [keyof MapLook, string][])
      if (value === USUAL_MAP[name]) query.delete(name);
      else query.set(name, value);
    const text = query.toString().replaceAll("%2C", ",");
    router.replace(`/dashboard${text === "" ? "" : `?${text}`}` as Route, { scroll: false });
  }

  const drawn = areas.map((area): DrawnArea => {
    const painted = face.painted[area.key] ?? { sign: "unknown" as const, shade: null, text: "—" };
    return { ...area, ...painted };
  });
  const plot = { areas: drawn, label: title, describedBy: `${id}-said`, chosen, choose };
  const area = areas.find(({ key }) => key === chosen);
  const said = drawn.find(({ key }) => key === chosen);
  return (
    <div className={styles.card} data-map>
      <div className={styles.drawing}>
        <div className={styles.outlines}>
          <ShapesPlot {...plot} inset={inset} />
          <p className={styles.source}>{words.outlines}</p>
        </div>
        <div className={styles.tiles}>
          <TileGrid {...plot} />
          <p className={styles.source}>{words.tiles}</p>
        </div>
      </div>
      <div className={styles.side}>
        <div className={styles.switches}>
          {measures.length > 1 && (
            <SegmentedControl
              size="small"
              label={words.measure}
              value={measure}
              options={measures}
              onChange={(map) => redraw({ map })}
            />
          )}
          <SegmentedControl
            size="small"
            label={words.steps}
            value={by}
            options={steps}
            onChange={(next) => redraw({ classes: next })}
          />
          <SegmentedControl
            size="small"
            label={words.classes}
            value={asked}
            options={classes}
            onChange={(next) => redraw({ steps: next })}
          />
        </div>
        <table className={styles.legend}>
          <caption>{face.unit}</caption>
          <tbody>
            {face.legend.map(({ sign, shade, words: bounds, count }) => (
              <tr key={`${sign} ${shade}`}>
                <th scope="row">
                  <LegendKey sign={sign} shade={shade} />
                  {bounds}
                </th>
                <td>{words.count[count]}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div id={`${id}-said`}>
          <VisuallyHidden>{face.sentence}</VisuallyHidden>
        </div>
        <div className={styles.said}>
          {area && said ? (
            <>
              <p className={styles.name}>{area.name}</p>
              <p>
                {said.text} {said.sign === "class" || said.sign === "zero" ? face.unit : ""}
                <span className="quiet"> · {area.records}</span>
              </p>
              <p className={styles.links}>
                {area.href && <AppLink href={area.href}>{words.open}</AppLink>}
                {area.narrow && <AppLink href={area.narrow}>{words.narrow}</AppLink>}
              </p>
            </>
          ) : (
            <p className="quiet">{words.hint}</p>
          )}
        </div>
        <div className={styles.notes}>
          {measure !== "amount" && <p>{words.rates}</p>}
          {notes}
        </div>
      </div>
    </div>
  );
}
