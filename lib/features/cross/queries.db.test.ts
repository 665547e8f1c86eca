import { beforeAll, describe, expect, it } from "vitest";
import type { FigureFilter } from "@/lib/features/filter/types";
import { FUND_SOURCES } from "@/prisma/seed/data/axes";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { dice, openOffice, type Dice } from "@/testing/office";
import { inFilter, vouchersIn } from "@/testing/vouchers";
import {
  CROSS_AXES,
  type Cross,
  type CrossAxis,
  type CrossFilter,
  type CrossLine,
  type CrossShape,
} from "./types";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getReference } = await import("@/lib/features/reference/queries");
const { explainFigure } = await import("@/lib/features/ledger/queries");
const { getCross } = await import("./queries");
const door = await import("@/app/api/v1/cross/route");
const actors = testActors(database);

let province: TestPerson;
let clerk: TestPerson;
let reference: Awaited<ReturnType<typeof getReference>>;

const SOURCES = FUND_SOURCES.map(([code]) => code);

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  await actors.owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT 'spring-2025', '春', 'Spring', o.id, p.id, date '2025-01-01', date '2025-02-28'
     FROM organisations o, programmes p WHERE o.code = '630000' AND p.code = 'cool-summer'`,
  );
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222", "IU-EDU"],
  });
  await office.deeds(700, dice(19));
  await office.close();
  reference = await readAs(province.session, ({ db }) => getReference({ db }));
}, 180_000);

const crossed = (filter: CrossFilter, shape: CrossShape): Promise<Cross> =>
  readAs(province.session, async ({ db, scope }) => {
    const asked = { db, scope, filter, shape, reference, places: reference.organisations };
    const cross = await getCross(asked);
    if ("tooLarge" in cross) throw new Error(`${cross.tooLarge} cells`);
    return cross;
  });

type Voucher = Awaited<ReturnType<typeof vouchersIn>>[number];

/** Whether a voucher belongs to a line, by nothing but what the line says. */
function holds(axis: CrossAxis, { kind, code, own }: CrossLine, v: Voucher): boolean {
  if (kind === "total") return true;
  if (axis === "fundSource") return v.shares.some(({ source }) => source === code);
  if (axis === "organisation")
    return (
      v.organisation === code || (!own && v.prefecture === code) || (!own && code === "630000")
    );
  if (axis === "programme" && kind === "subtotal")
    return reference.programmes.some((one) => one.season === code && one.code === v.programme);
  return String(v[axis]) === code;
}

const NAMES = {
  amountFen: "amount",
  records: "records",
  persons: "persons",
  packs: "packs",
} as const;
type Counted = keyof typeof NAMES;

/** A cell once more, in plain lines over plain vouchers; null = not one of them. */
function rawCell(
  all: Voucher[],
  filter: FigureFilter,
  shape: CrossShape,
  lines: [CrossLine, CrossLine],
) {
  const [row, column] = lines;
  const aside = [row, column].find(({ kind }) => kind === "apart");
  const asked = aside ? { ...filter, programme: [aside.code] } : filter;
  const found = all.filter(
    (v) => inFilter(v, asked) && holds(shape.rows, row, v) && holds(shape.columns, column, v),
  );
  const source = [shape.rows, shape.columns].flatMap((axis, at) =>
    axis === "fundSource" && lines[at]?.kind === "item" ? [lines[at].code] : [],
  );
  const wanted = source.length > 0 ? source : filter.fundSource;
  const amount = (v: Voucher) =>
    wanted?.length
      ? v.shares.filter((s) => wanted.includes(s.source)).reduce((sum, s) => sum + s.amount, 0n)
      : v.amount;
  const name = NAMES[shape.measure as Counted];
  const value = found.reduce(
    (sum, v) => sum + (name === "amount" ? amount(v) : BigInt(v[name])),
    0n,
  );
  return found.length === 0 ? null : value;
}

function randomFilter(roll: Dice): FigureFilter {
  const maybe = <T>(value: T) => (roll.below(5) === 0 ? value : undefined);
  return {
    year: roll.below(3) === 0 ? undefined : roll.pick([2024, 2025, 2026]),
    yearAxis: maybe("statistics"),
    month: maybe(roll.below(13)),
    prefecture: maybe("630100"),
    programme: maybe(roll.pick([["cool-summer"], ["golden-autumn", "mutual-medical-aid"]])),
    recipientKind: maybe(["outdoor-workers", "needy-workers"]),
    campaign: maybe(roll.pick([["spring-2025"], ["none"]])),
    fundSource: maybe(SOURCES.filter(() => roll.below(2) === 0)),
    form: maybe(["cash", "goods"] as const) as FigureFilter["form"],
    amountKind: maybe(["exact", "unvalued"] as const) as FigureFilter["amountKind"],
    status: maybe(["submitted", "approved"] as const) as FigureFilter["status"],
  };
}

describe("a cross table of any two axes under any filter", () => {
  it("says in every cell, subtotal, edge and corner what the vouchers add up to", async () => {
    const all = await vouchersIn(actors.owner);
    const roll = dice(2026);
    let compared = 0;
    for (let i = 0; i < 60; i++) {
      const filter = i === 0 ? {} : randomFilter(roll);
      const rows = roll.pick(CROSS_AXES);
      const columns = roll.pick(CROSS_AXES.filter((axis) => axis !== rows));
      const measure = roll.pick(Object.keys(NAMES) as Counted[]);
      const shape = { rows, columns, measure };
      const cross = await crossed(filter, shape);
      const said = cross.cells.flatMap((line, r) =>
        line.map((cell, c) => {
          const lines: [CrossLine, CrossLine] = [
            cross.rowLines[r] as CrossLine,
            cross.columnLines[c] as CrossLine,
          ];
          const raw = rawCell(all, filter, shape, lines);
          if (raw !== null && raw !== 0n) compared += 1;
          const name = lines.map(({ key }) => key).join(" × ");
          // where no number stands, its vouchers add up to none
          return [name, BigInt(cell.value ?? 0), raw ?? 0n] as const;
        }),
      );
      const wrong = said.filter(([, value, raw]) => value !== raw);
      expect(wrong, JSON.stringify({ filter, shape })).toEqual([]);
    }
    expect(compared).toBeGreaterThan(800);
  }, 120_000);

  it("opens from each cell the vouchers that sum to it", async () => {
    const roll = dice(5);
    let opened = 0;
    for (const shape of [
      { rows: "organisation", columns: "programme", measure: "amountFen" },
      { rows: "programme", columns: "organisation", measure: "records" },
      { rows: "campaign", columns: "fundSource", measure: "amountFen" },
    ] as const) {
      const cross = await crossed({ year: 2025, org: "630000" }, shape);
      const cells = cross.cells.flat().filter(({ filter }) => filter !== null);
      for (const cell of cells.filter(() => roll.below(4) === 0)) {
        const { filter } = cell;
        const page = await readAs(province.session, ({ db, scope }) =>
          explainFigure({ db, scope, filter: { ...filter, limit: 1 } }),
        );
        const { amountFen, records } = page.totals;
        opened += 1;
        if (cell.value === null) expect(page.vouchers).toBeGreaterThan(0);
        else
          expect(BigInt(shape.measure === "records" ? records : amountFen)).toBe(
            BigInt(cell.value),
          );
      }
    }
    expect(opened).toBeGreaterThan(40);
  }, 120_000);

  it("divides a ratio over the records that know both sides, at each grouping", async () => {
    const shape = { rows: "prefecture", columns: "form", measure: "fenPerPerson" } as const;
    const cross = await crossed({ year: 2025 }, shape);
    const { rows } = await actors.owner.query<{ fen: string; persons: string; beside: number }>(`
      SELECT sum(d.amount_fen) FILTER (WHERE d.persons IS NOT NULL)::text AS fen,
        sum(d.persons) FILTER (WHERE d.amount_fen IS NOT NULL)::text AS persons,
        sum(CASE WHEN d.amount_fen IS NULL OR d.persons IS NULL THEN
          CASE d.entry_kind WHEN 'REVERSAL' THEN -1 ELSE 1 END ELSE 0 END)::int AS beside
      FROM disbursements d JOIN programmes p ON p.id = d.programme_id
      WHERE d.fiscal_year = 2025 AND d.status = 'APPROVED' AND NOT p.contributory`);
    const corner = cross.cells.at(-1)?.at(-1);
    const each = Number(rows[0]?.fen) / Number(rows[0]?.persons);
    expect(Math.abs(Number(corner?.value) - each)).toBeLessThanOrEqual(0.5);
    expect(corner?.beside).toBe(rows[0]?.beside);
  });
});

it("as of an earlier position says what had come to count by then, and opens exactly that", async () => {
  const all = await vouchersIn(actors.owner);
  const last = Math.max(...all.map(({ seq }) => seq ?? 0));
  const roll = dice(28);
  let compared = 0;
  for (let i = 0; i < 40; i++) {
    const { status: _status, ...filter } = randomFilter(roll);
    const rows = roll.pick(CROSS_AXES);
    const columns = roll.pick(CROSS_AXES.filter((axis) => axis !== rows));
    const shape = { rows, columns, measure: roll.pick(Object.keys(NAMES) as Counted[]) };
    const cross = await crossed({ ...filter, seq: roll.below(last) }, shape);
    const then = all.filter(({ seq }) => seq !== null && seq <= cross.seq);
    const wrong = cross.cells.flatMap((line, r) =>
      line.flatMap((cell, c) => {
        const lines = [cross.rowLines[r], cross.columnLines[c]] as [CrossLine, CrossLine];
        const raw = rawCell(then, filter, shape, lines) ?? 0n;
        if (raw !== 0n) compared += 1;
        return BigInt(cell.value ?? 0) === raw ? [] : [lines.map(({ key }) => key).join(" × ")];
      }),
    );
    expect(wrong, JSON.stringify({ filter, shape, seq: cross.seq })).toEqual([]);
    const opened = cross.cells.flat().find((cell) => cell.filter !== null && cell.records > 0);
    if (!opened) continue;
    const page = await readAs(province.session, ({ db, scope }) =>
      explainFigure({ db, scope, filter: { ...opened.filter, limit: 1 } }),
    );
    expect(page.totals.records).toBe(opened.records);
  }
  expect(compared).toBeGreaterThan(150);
}, 120_000);

describe("the door", () => {
  const ask = (person: TestPerson, query: string) =>
    call(door.GET, person, { path: `/api/v1/cross?${query}` });

  it("answers what the reader may see, as text and codes", async () => {
    const answer = await ask(clerk, "year=2025&rows=programme&columns=month");
    expect(answer.status).toBe(200);
    const body = answer.body as {
      rows: { kind: string }[];
      cells: { value: unknown; href: string | null }[][];
    };
    const corner = body.cells[body.rows.findIndex(({ kind }) => kind === "total")]?.at(-1);
    const { rows } = await actors.owner.query<{ fen: string }>(`
      SELECT sum(d.amount_fen)::text AS fen FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
      JOIN programmes p ON p.id = d.programme_id WHERE o.code = '630123' AND d.fiscal_year = 2025
      AND d.status = 'APPROVED' AND NOT p.contributory`);
    expect(corner?.value).toBe(rows[0]?.fen);
    expect(corner?.href).toBe("/explain?year=2025");
  });

  it("refuses an axis against itself and a table of too many cells, in words that name the field", async () => {
    const same = await ask(province, "rows=month&columns=month");
    expect([same.status, same.body.error?.fieldErrors]).toEqual([
      400,
      { columns: ["行与列不能是同一项，请换一项"] },
    ]);
    const { owner } = actors;
    const { rows } = await owner.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name = 'figure_deltas' AND column_name NOT IN ('id', 'campaign_id')`,
    );
    const others = rows.map(({ name }) => name).join(", ");
    await owner.query("SET session_replication_role = replica");
    await owner.query(
      `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
       SELECT 'many-' || n, n::text, n::text, c.organisation_id, c.programme_id, c.starts_on, c.ends_on
       FROM campaigns c, generate_series(1, 450) n WHERE c.code = 'spring-2025'`,
    );
    await owner.query(
      `INSERT INTO figure_deltas (${others}, campaign_id) SELECT ${others.replaceAll(/(\w+)/g, "f.$1")}, c.id
       FROM (SELECT f.* FROM figure_deltas f JOIN programmes p ON p.id = f.programme_id
         WHERE f.fund_source_id = 0 AND f.status = 'APPROVED' AND f.records = 1 AND NOT p.contributory LIMIT 1) f,
         campaigns c WHERE c.code LIKE 'many-%'`,
    );
    await owner.query("SET session_replication_role = DEFAULT");
    const large = await ask(province, "rows=organisation&columns=campaign");
    expect(large.status).toBe(400);
    expect(large.body.error?.fieldErrors?.["rows"]?.[0]).toMatch(
      /^这张表有 2\d,\d{3} 格，超过 20,000 格的上限/,
    );
  });
});
