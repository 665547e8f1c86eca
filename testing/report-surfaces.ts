import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import { addTotals } from "@/lib/features/figures/present";
import { getDashboard } from "@/lib/features/dashboard/queries";
import { getLayoutView } from "@/lib/features/layouts/queries";
import type { LaidColumn, Layout } from "@/lib/features/layouts/types";
import { facesOf, mapOf, shownAreas } from "@/lib/features/map/present";
import { packWords } from "@/lib/features/pack-files/labels";
import { makerOf } from "@/lib/features/pack-files/queries";
import type { CrossAxis } from "@/lib/features/cross/types";
import { cardSayings } from "@/lib/platform/card-words";
import { sql } from "@/lib/platform/db";
import { barOf, gathered, type Places } from "./drawn-surfaces";
import { readPdf } from "./pdf";
import { rawFigures, rawReceivedBy, type RawAxis, type RawSum } from "./raw-figures";
import type { Case } from "./surfaces";

/** What a year is reported by: the map, received beside spent, a report form, and the pack's pdf as it is printed. */

type OfYear = Case & { filter: { year: number; org: string } };
const nameOf = ({ filter, stamp }: OfYear) => JSON.stringify({ ...filter, ...stamp });
const TODAY = "2026-11-20";

/** An amount as it is written, in fen; null: none stands there. */
function writtenFen(text: string | undefined): string {
  const [, minus = "", yuan = "", fen = ""] = /^([-−]?)([\d,]+)\.(\d\d)/.exec(text ?? "") ?? [];
  return yuan === "" ? "null" : String(BigInt(`${minus && "-"}${yuan.replaceAll(",", "")}${fen}`));
}

/** Each area as it is painted and read: its amount in words, and the records behind it. */
export async function compareMap(one: Case, { below }: Places): Promise<void> {
  const { comparison, raw, context, filter } = one;
  const view = await getDashboard({ ...context, asked: filter, today: TODAY });
  const map = mapOf(view);
  if (map === null) return;
  const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
  const [face] = facesOf(map, words, 5);
  const shown = shownAreas(map, words);
  for (const { key, places, cells } of map.areas) {
    const organisation = places.flatMap(({ code }) => below.get(code) ?? [code]);
    const sum = raw.sum({ organisation });
    const name = `${JSON.stringify(filter)} map ${key}`;
    const amountFen = writtenFen(face?.painted[key]?.text);
    comparison.same("map", name, { amountFen }, { amountFen: barOf(sum) });
    const { persons = 0, households = 0 } = addTotals(cells) ?? {};
    const records = shown.find((area) => area.key === key)?.records;
    comparison.same("map", name, { records, persons, households }, sum);
  }
}

/** Received, spent and left of every organisation, and in all: a balance where both sides are known. */
export async function compareBalance(one: OfYear, seq: number | undefined): Promise<void> {
  const { comparison, context, filter, stamp, raw, owner } = one;
  const { db, scope } = context;
  const asked = { ...filter, ...stamp };
  const balance = await queryBalance({ db, scope, filter: asked, groupBy: "organisation" });
  const received = await rawReceivedBy(owner, { ...filter, seq });
  const spent = raw.groups(["organisation"]);
  const name = `${nameOf(one)} balance`;
  const codes = [...new Set([...received.keys(), ...spent.keys()])].sort();
  const rows = new Map(balance.rows.map((row) => [row.organisation ?? "", row]));
  comparison.same("balance", name, { codes: [...rows.keys()].sort().join() }, { codes: codes.join() }); // prettier-ignore
  let [whole, left]: (bigint | null)[] = [null, null];
  for (const code of codes) {
    const [row, came, sum] = [rows.get(code), received.get(code), spent.get(code)];
    const bar = sum ? barOf(sum) : "null";
    const isPriced = sum === undefined || bar !== "null" || sum.unvalued === 0;
    const rest = came !== undefined && isPriced ? came - BigInt(bar === "null" ? 0 : bar) : null;
    if (came !== undefined) whole = (whole ?? 0n) + came;
    if (rest !== null) left = (left ?? 0n) + rest;
    comparison.same("balance", `${name} ${code}`, { receivedFen: row?.receivedFen, spentFen: row?.spentFen, balanceFen: row?.balanceFen }, { receivedFen: came ?? null, spentFen: bar, balanceFen: rest }); // prettier-ignore
  }
  const { receivedFen, spentFen, balanceFen } = balance.totals;
  comparison.same("balance", `${name} in all`, { receivedFen, spentFen, balanceFen }, { receivedFen: whole, spentFen: barOf(raw.total()), balanceFen: left }); // prettier-ignore
}

/** What a column of a form gathers, by the form's own words; null: all. */
function columnCodes(
  { line, group, block }: LaidColumn,
  layout: Layout,
  { places, known }: { places: Places; known: readonly string[] },
): string[] | null {
  const { axis, groups = [] } = layout.blocks[block] ?? {};
  const codesOf = ({ codes = [], seasons = [] }: (typeof groups)[number]) => [
    ...codes,
    ...seasons.flatMap((season) => places.seasons.get(season) ?? []),
  ];
  if (line.kind === "total" || !axis) return null;
  if (group) return codesOf(group);
  if (line.kind !== "rest") return gathered(axis, { ...line, kind: "item" }, places);
  const named = new Set(groups.flatMap(codesOf));
  return known.filter((code) => !named.has(code));
}

/** The yearly form, cell by cell: every line, and every column with what it gathers. */
export async function compareForm(
  one: OfYear,
  places: Places,
  seq: number | undefined,
): Promise<void> {
  // prettier-ignore
  const { comparison, context, filter, stamp, owner } = one;
  const query = { year: filter.year, org: filter.org, ...stamp };
  const view = await getLayoutView({ ...context, locale: "zh-CN", id: "annual", query, today: TODAY }); // prettier-ignore
  const { laid, layout } = view;
  if (laid === null) throw new Error("the yearly form is refused");
  const axes = [...new Set(layout.blocks.flatMap(({ axis }) => axis ?? []))];
  const sets: RawAxis[][] = [["organisation"], ...axes.flatMap((axis): RawAxis[][] => [[axis], ["organisation", axis]])]; // prettier-ignore
  const raw = await rawFigures(owner, filter, { sets, seq });
  for (const column of laid.columns) {
    const axis = layout.blocks[column.block]?.axis ?? null;
    const known = axis ? [...raw.groups([axis]).keys()] : [];
    const codes = columnCodes(column, layout, { places, known });
    const part = column.line.kind === "apart" ? "contributory" : "counted";
    column.cells.forEach((cell, at) => {
      const row = laid.rows[at];
      const payers = row ? gathered("organisation", row, places) : null;
      const sum: RawSum = raw.sum(
        { ...(payers && { organisation: payers }), ...(axis && codes && { [axis]: codes }) },
        part,
      );
      const name = `${nameOf(one)} form ${row?.key}/${column.block} ${column.line.key}`;
      comparison.same("form", name, { [column.measure]: cell.value ?? 0 }, sum);
    });
  }
}

const PRINTED = {
  programme: "programmes",
  fundSource: "fundSources",
  aidCategory: "aidCategories",
  recipientKind: "recipientKinds",
} as const satisfies Partial<Record<CrossAxis, keyof Places["reference"]>>;

/** summary.pdf of the pack, made as its job makes it, and read off its pages: line by line of each axis, and the totals. */
export async function comparePdf(
  one: OfYear,
  { reference }: Places,
  seq: number | undefined,
): Promise<void> {
  // prettier-ignore
  const { comparison, context, filter, stamp, raw, owner } = one;
  const { db, scope } = context;
  const { year, org } = filter;
  // a machine that is busy may take long over the drawing
  await db.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '300000', true)`);
  const found = await queryFigures({ db, scope, filter: { ...filter, ...stamp }, groupBy: [] });
  const { seq: at, asOf, definition } = found;
  const made = await makerOf("summary.pdf")({
    ...context,
    stamp: { id: "1", year, org, seq: at, asOf, definition, locale: "zh-CN", unit: "yuan" },
    checkpoint: null,
    made: [],
  });
  const pieces = [];
  for await (const piece of made) pieces.push(piece);
  const pages = readPdf(Buffer.concat(pieces)).map(({ text }) => text);
  const w = packWords("zh-CN");
  const bare = (text: string) => text.replace(/\s/g, "");
  /** What is written of one table, up to the checks below it. */
  const tableOf = (title: string) =>
    pages.filter((text) => text.includes(bare(title))).join("").split(bare(title)).slice(1).join("").split("核对")[0] ?? ""; // prettier-ignore
  const name = `${nameOf(one)} pdf`;
  for (const [axis, list] of Object.entries(PRINTED) as [
    keyof typeof PRINTED,
    (typeof PRINTED)[keyof typeof PRINTED],
  ][]) {
    // prettier-ignore
    const table = tableOf(w.byAxis(year, axis));
    const names = new Map(reference[list].map(({ code, nameZh }) => [code, bare(nameZh)]));
    const said = (label: string) => {
      const where = [...table.matchAll(new RegExp(`${label}(?=[-−]?\\d)`, "g"))].at(-1);
      if (where) return writtenFen(table.slice(where.index + label.length));
      return table.includes(label) ? "null" : "not there";
    };
    comparison.same("pdf", `${name} ${axis}`, { total: said("合计") }, { total: barOf(raw.total()) }); // prettier-ignore
    for (const [code, sum] of raw.groups([axis])) {
      const label = names.get(code);
      if (label) comparison.same("pdf", `${name} ${axis}`, { [code]: said(label) }, { [code]: barOf(sum) }); // prettier-ignore
    }
  }
  const received = [...(await rawReceivedBy(owner, { ...filter, seq })).values()];
  const came = /合计([^合]*)/.exec(tableOf(w.bySourceBalance(year)))?.[1];
  const fen = received.length === 0 ? "null" : String(received.reduce((sum, one) => sum + one, 0n)); // prettier-ignore
  comparison.same("pdf", `${name} balance`, { received: writtenFen(came) }, { received: fen });
}
