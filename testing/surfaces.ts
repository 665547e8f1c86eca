import type pg from "pg";
import { readXlsx } from "hucre";
import { GET as apiFigures } from "@/app/api/v1/figures/route";
import { filterQuery } from "@/lib/features/filter/address";
import type { FigureFilter } from "@/lib/features/filter/types";
import { queryFigures } from "@/lib/features/figures/queries";
import { leftOutThen } from "@/lib/features/figures/rules";
import { MEASURES, NAMED_SUMS } from "@/lib/features/figures/types";
import { figuresQuerySchema } from "@/lib/features/figures/schema";
import { getLedgerFile } from "@/lib/features/files/queries";
import { explainFigure } from "@/lib/features/ledger/queries";
import { getNarrative } from "@/lib/features/narratives/queries";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { Stamp } from "@/lib/kernel/position";
import { sql, type ReadContext } from "@/lib/platform/db";
import type { TestPerson } from "./actors";
import { call } from "./http";
import { csvLines } from "./libreoffice";
import { NOTHING, RAW_COUNTS, rawFigures, rawReceived, type RawAxis, type RawFigures, type RawSum } from "./raw-figures"; // prettier-ignore

/** Everything a figure is read off, each taken apart again to be held against the raw rows. */

type Value = string | number | bigint | boolean | null | undefined;

/** Counts what was compared, and keeps what differed: by how much, where and under which filter. */
export class Comparison {
  readonly compared: Record<string, number> = {};
  readonly differences: { surface: string; what: string; found: string; truth: string }[] = [];

  same(surface: string, what: string, found: Record<string, Value>, truth: object): void {
    for (const [name, value] of Object.entries(found)) {
      this.compared[surface] = (this.compared[surface] ?? 0) + 1;
      const expected = String((truth as Record<string, Value>)[name]);
      if (String(value) !== expected)
        this.differences.push({ surface, what: `${what} ${name}`, found: String(value), truth: expected }); // prettier-ignore
    }
  }

  get total(): number {
    return Object.values(this.compared).reduce((sum, n) => sum + n, 0);
  }
}

export type Case = {
  context: ReadContext;
  owner: pg.ClientBase;
  comparison: Comparison;
  filter: FigureFilter;
  stamp: Stamp;
  axes: [RawAxis, RawAxis];
  /** Of the filter where it stands: in the same snapshot, or at the stamp's position. */
  raw: RawFigures;
  /** Names of the sources, as a file of the reader's writes them. */
  sources: Map<string, string>;
  now: Date;
};

const nameOf = ({ filter, stamp }: Pick<Case, "filter" | "stamp">) =>
  JSON.stringify({ ...filter, ...stamp });

const APART = ["records", "amountFen", "unvalued", "withoutMoney", "reversals"] as const;
type Answered = {
  rows: object[];
  totals: object;
  /** Of the definition beside the totals; over the wire among them. */
  named?: object;
  leftOut: { contributory: object; unplaced?: object | undefined };
};

/** Totals, what they leave out, and every row of two axes. */
function sameFigures(
  surface: string,
  whole: Answered,
  rows: readonly object[],
  one: Omit<Case, "context">,
): void {
  const { comparison, raw, axes, stamp } = one;
  const name = nameOf(one);
  const total = raw.total();
  comparison.same(
    surface,
    name,
    { ...whole.totals, ...whole.named } as Record<string, Value>,
    total,
  );
  const { contributory, unplaced, ...plain } = whole.leftOut;
  const waiting = { draft: raw.total("draft").records, submitted: raw.total("submitted").records, returned: raw.total("returned").records }; // prettier-ignore
  const stamped = (stamp.asOf ?? stamp.seq) !== undefined;
  const { draft, submitted, returned, ...kinds } = plain as Record<string, Value>;
  comparison.same(surface, `${name} left out`, kinds, total);
  if (!stamped) comparison.same(surface, `${name} waiting`, { draft, submitted, returned }, waiting); // prettier-ignore
  const apart = (of: object) =>
    Object.fromEntries(APART.map((key) => [key, (of as Record<string, Value>)[key]]));
  comparison.same(surface, `${name} contributory`, apart(contributory), raw.total("contributory"));
  if (unplaced) {
    comparison.same(surface, `${name} unplaced`, apart(unplaced), raw.total("unplaced"));
    const { waiting: later } = unplaced as { waiting: Value };
    if (!stamped) comparison.same(surface, name, { unplacedWaiting: later }, { unplacedWaiting: raw.total("unplacedWaiting").records }); // prettier-ignore
  }
  const groups = raw.groups(axes);
  comparison.same(surface, name, { rows: rows.length }, { rows: groups.size });
  for (const row of rows as Record<string, Value>[]) {
    const key = axes.map((axis) => String(row[axis])).join("|");
    const { amountFen, records, namedFen, namedRecords, namedPersons, namedHouseholds } = row;
    const counts = Object.fromEntries(RAW_COUNTS.map((count) => [count, row[count]]));
    const named = { namedFen, namedRecords, namedPersons, namedHouseholds };
    const sums = { amountFen, records, ...named, ...counts };
    comparison.same(surface, `${name} ${axes.join("×")} ${key}`, sums, groups.get(key) ?? NOTHING);
  }
}

/** The definition itself; everything else leans on it, and is held against the rows all the same. */
export async function compareFigures(one: Case): Promise<void> {
  const { db, scope } = one.context;
  const filter = { ...one.filter, ...one.stamp };
  const whole = await queryFigures({ db, scope, filter, groupBy: [] });
  const byAxes = await queryFigures({ db, scope, filter, groupBy: one.axes });
  sameFigures("figures", { ...whole, leftOut: leftOutThen(whole) as never }, byAxes.rows, one);
}

/**
 * Over the wire, in a snapshot of its own: the answer names the position it stands at, and there the rows are counted.
 * `raw`: they stand still, so they were counted already.
 */
export async function compareApi(
  person: TestPerson,
  one: Omit<Case, "context" | "raw">,
  counted?: RawFigures,
): Promise<void> {
  const query = filterQuery({ ...one.filter, ...one.stamp }, { groupBy: one.axes.join(","), measures: [...MEASURES, ...NAMED_SUMS].join(",") }); // prettier-ignore
  const answer = await call(apiFigures, person, { path: `/api/v1/figures?${query}` });
  if (answer.status !== 200) throw new Error(`${query}: ${JSON.stringify(answer.body)}`);
  const body = answer.body as unknown as Answered & { seq: number };
  const stamp = counted ? one.stamp : { seq: body.seq };
  const raw =
    counted ?? (await rawFigures(one.owner, one.filter, { sets: [one.axes], seq: body.seq }));
  sameFigures("API", body, body.rows, { ...one, stamp, raw });
}

/** The vouchers behind it, all pages: what each counts for, and how many there are. */
export async function compareExplain(one: Case): Promise<void> {
  const { comparison, raw } = one;
  const total = raw.total();
  let [fen, rows] = [0n, 0];
  let cursor: string | undefined;
  do {
    const page = await explainFigure({
      ...one.context,
      filter: { ...one.filter, ...one.stamp, limit: 200, cursor },
    });
    fen += page.items.reduce((sum, item) => sum + BigInt(item.countedFen), 0n);
    rows += page.items.length;
    if (cursor === undefined) {
      comparison.same("explain", nameOf(one), page.totals, total);
      comparison.same("explain", nameOf(one), { vouchers: page.vouchers }, total);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const listed = { amountFen: fen, vouchers: rows };
  comparison.same("explain", `${nameOf(one)} listed`, listed, total);
}

const YUAN = /^(-?)(\d+)\.(\d\d)$/;
function fenOf(cell: Value): bigint {
  if (typeof cell === "number") return BigInt(Math.round(cell * 100));
  const [, sign = "", yuan = "0", jiao = "0"] = YUAN.exec(String(cell ?? "")) ?? [];
  return BigInt(`${sign}${yuan}${jiao}`);
}

/** The rows of a file, summed up as somebody with the file alone would. */
function fileSums(grid: readonly (readonly Value[])[], one: Case) {
  const at = grid.findIndex(([first]) => first === "编号");
  const headings = grid[at] ?? [];
  const lines = grid.slice(at + 1).filter(([first]) => first !== null && first !== "");
  const cell = (line: readonly Value[], heading: string) => line[headings.indexOf(heading)];
  const wanted = one.filter.fundSource?.map((code) => one.sources.get(code));
  const many = headings.filter((heading) => String(heading).startsWith("资金来源")).length;
  // no file has a column of it: what of its rows is named
  const { namedFen: _fen, namedRecords: _records, namedPersons: _persons, namedHouseholds: _households, ...none } = NOTHING; // prettier-ignore
  const sum = { ...none, amountFen: 0n };
  for (const line of lines) {
    const isOut = cell(line, "记录类型") === "冲红" && cell(line, "状态") === "已审核";
    const n = isOut ? -1 : 1;
    const kind = cell(line, "金额性质");
    sum.records += n;
    sum.vouchers += 1;
    sum.reversals += isOut ? 1 : 0;
    sum.unvalued += kind === "未计价" ? n : 0;
    sum.estimated += kind === "约数" ? n : 0;
    sum.withoutMoney += kind === "不涉及资金" ? n : 0;
    if (!wanted) sum.amountFen += fenOf(cell(line, "金额（元）"));
    for (let no = 1; wanted && no <= many; no++)
      if (wanted.includes(String(cell(line, `资金来源${no === 1 ? "" : no}`))))
        sum.amountFen += fenOf(cell(line, `金额${no}（元）`));
    for (const [name, heading] of Object.entries(COUNTED))
      sum[name as keyof typeof COUNTED] += Number(cell(line, heading) ?? 0);
  }
  const said = Object.fromEntries(grid.slice(0, at).map(([name, value]) => [String(name).slice(0, 4), value])); // prettier-ignore
  const head = { records: String(said["合计笔数"]), amountFen: fenOf(said["合计金额"]) };
  return { sum, head };
}
const COUNTED = {
  households: "户数",
  persons: "人数",
  personTimes: "人次",
  packs: "份数",
  employers: "单位数",
  sessions: "场次",
  posts: "岗位数",
} as const satisfies Record<(typeof RAW_COUNTS)[number], string>;

/** 发放台账 as a file of what the figure counts, read back. */
export async function compareFile(one: Case, format: FileFormat): Promise<void> {
  const query = { ...one.filter, ...one.stamp, only: "counted" as const, format };
  const file = await getLedgerFile({ ...one.context, locale: "zh-CN", now: one.now, query });
  const bytes = new Uint8Array(await new Response(file.body as BodyInit).arrayBuffer());
  // one file is read in one snapshot; here several are
  await one.context.db.rows(sql`CLOSE ledger_file`);
  const grid =
    format === "csv"
      ? csvLines(new TextDecoder().decode(bytes))
      : ((await readXlsx(bytes)).sheets[0]?.rows ?? []);
  const { sum, head } = fileSums(grid as Value[][], one);
  one.comparison.same(format, nameOf(one), sum, one.raw.total());
  one.comparison.same(format, `${nameOf(one)} head`, head, one.raw.total());
}

/** Each number of the brief: its address read, and asked of the rows. */
export async function compareNarrative(
  one: Case & { filter: { year: number; org: string } },
  lang: "zh-CN" | "en",
  length: "long" | "short",
): Promise<void> {
  const { owner, comparison, filter } = one;
  const query = { year: filter.year, org: filter.org, lang, length, ...one.stamp };
  const { narrative } = await getNarrative({ ...one.context, query });
  const seq = (one.stamp.asOf ?? one.stamp.seq) === undefined ? undefined : narrative.seq;
  const pieces = narrative.paragraphs.flatMap((paragraph) => paragraph.pieces);
  const known = new Map<string, RawSum>();
  for (const piece of pieces) {
    if (typeof piece === "string") continue;
    const [path, address = ""] = piece.figure.split("?");
    const { asOf: _asOf, seq: _seq, groupBy: _by, measures: _of, compare: _compare, ...asked } = figuresQuerySchema.parse(Object.fromEntries(new URLSearchParams(address))); // prettier-ignore
    // how many organisations have no receipts is a count of organisations, and no sum of records
    if (piece.unit === "organisations") continue;
    const found = { [piece.unit]: piece.value };
    if (path === "/figures/balance") {
      const fen = await rawReceived(owner, { year: filter.year, org: filter.org, seq });
      comparison.same("narrative", `${nameOf(one)} received`, found, { fen });
      continue;
    }
    const sum = known.get(address.replace(/&?measures=\w+/, "")) ?? (await rawFigures(owner, asked, { seq })).total(); // prettier-ignore
    known.set(address.replace(/&?measures=\w+/, ""), sum);
    comparison.same("narrative", `${nameOf(one)} ${piece.figure}`, found, { ...sum, fen: sum.amountFen }); // prettier-ignore
  }
}
