import { beforeAll, describe, expect, test } from "vitest";
import { figuresContract, balanceContract } from "@/lib/features/figures/schema";
import { seedPublished } from "@/prisma/seed/published";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, handlerOf } from "@/testing/http";
import { dice, openOffice } from "@/testing/office";
import { narrativeContract } from "./schema";
import type { Unit } from "./types";

const database = await testDatabase();
const actors = testActors(database);

type Said = { start: number; end: number; figure: string; value: string; unit: Unit };
type Told = { text: string; tokens: Said[]; asOf: string; seq: number };
let auditor: TestPerson;
/** Where the chain stood when nothing but the magazine was in the ledger. */
let published = 0;
const routes: Record<string, Awaited<ReturnType<typeof handlerOf>>> = {};

let asks = 0;

async function ask<T>(path: string): Promise<T> {
  // nobody asks thousands of figures in a minute but a test
  if (asks++ % 40 === 0) await actors.owner.query("DELETE FROM rate_buckets");
  const [at = ""] = path.split("?");
  const { status, body } = await call(
    routes[at] ?? (() => Promise.reject(new Error(at))),
    auditor,
    {
      path: `/api/v1${path}`,
    },
  );
  if (status !== 200) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body as T;
}

const narrative = (query: string) => ask<Told>(`/narratives?${query}`);
const words = ({ text, tokens }: Told) => tokens.map(({ start, end }) => text.slice(start, end));

beforeAll(async () => {
  for (const one of [narrativeContract, figuresContract, balanceContract])
    routes[one.path] = await handlerOf(one);
  await seedPublished(actors.owner);
  auditor = await actors.auditor();
  published = (await ask<Told>("/figures")).seq;
  const organisations = ["630123", "632222", "630100", "632200"];
  const clerk = await actors.clerk("630000");
  const reviewer = await actors.province();
  const office = await openOffice(database, { clerk, reviewer, organisations });
  // both of one year and of others, so that corrections reach back over a year's end
  await office.deeds(700, dice(20261126));
  await office.close();
}, 240_000);

type Totals = Record<string, string | number>;
type Answered = { totals: Totals; leftOut: Totals };

/** What the figure of a token answers now, in the unit of the token. */
async function anew({ figure, unit }: Said): Promise<string> {
  const { totals, leftOut } = await ask<Answered>(figure);
  if (unit === "organisations") return String(leftOut["withoutReceipts"]);
  if (figure.startsWith("/figures/balance")) return String(totals["receivedFen"]);
  return String(totals[unit === "fen" ? "amountFen" : unit]);
}

/** An amount as it stands in a sentence, read by hand: fen, and which way it is said to lie. */
function readBack(text: string): { fen: bigint; places: number; way: string } {
  const [, before = "", number = "", wan = "", after = ""] =
    /^(约|近|about |over |nearly |)(-?[\d,]+(?:\.\d+)?)(余?万?)(余?)(?:元| yuan)$/.exec(text) ?? [];
  const [whole = "", fraction = ""] = number.replaceAll(",", "").split(".");
  const isWan = wan.includes("万");
  const fen = BigInt(whole + fraction.padEnd(isWan ? 6 : 2, "0"));
  return {
    fen,
    places: isWan ? fraction.length : 2,
    way: `${before}${wan.replace("万", "")}${after}`.trim(),
  };
}

describe("every number of 200 briefs", () => {
  const roll = dice(40);
  const scopes = Array.from({ length: 200 }, () => ({
    year: roll.pick([2023, 2024, 2025, 2026]),
    org: roll.pick([
      "630000",
      "630100",
      "632200",
      "630123",
      "632222",
      "630104",
      "632821",
      "632724",
    ]),
    lang: roll.pick(["zh-CN", "en"]),
    length: roll.pick(["long", "short"]),
  }));

  test("is its figure, asked anew; none stands outside, and none is a zero", async () => {
    const asked = new Map<string, string>();
    const distinct = new Map(scopes.map((one) => [JSON.stringify(one), one]));
    let numbers = 0;
    for (const { year, org, lang, length } of distinct.values()) {
      const told = await narrative(`year=${year}&org=${org}&lang=${lang}&length=${length}`);
      for (const one of told.tokens) {
        const key = `${one.unit} ${one.figure}`;
        asked.set(key, asked.get(key) ?? (await anew(one)));
        expect(one.value, one.figure).toBe(asked.get(key));
        expect(one.value).not.toBe("0");
        const text = told.text.slice(one.start, one.end);
        if (one.unit !== "fen") {
          expect(text.replace(/\D/g, "")).toBe(one.value);
          continue;
        }
        const { fen, places, way } = readBack(text);
        const away = fen - BigInt(one.value);
        // exact to the yuan; with jiao and fen to two places, and then it says which way
        expect(away < 0n ? -away : away, text).toBeLessThanOrEqual(
          places < 3 && way !== "" ? 5000n : 0n,
        );
        if (away !== 0n) expect(way, text).not.toBe("");
        numbers += 1;
      }
      const bare = [...told.tokens]
        .reverse()
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), told.text);
      expect(bare.split("\n").slice(2).join("\n")).not.toMatch(/\d/);
    }
    expect(numbers).toBeGreaterThan(500);
  }, 240_000);
});

describe("what the magazine printed", () => {
  test("for 湟源县 stands in its brief as it was printed", async () => {
    const told = await narrative(`year=2024&org=630123&seq=${published}`);
    expect(words(told)).toEqual(expect.arrayContaining(["143名", "14.3万元", "38户", "61.58万余元", "32户", "11.6万元", "1户", "0.25万元", "0.21万元", "48户", "9.6万元", "10名", "1万元", "676份", "2440名", "19家", "13万余元", "21户", "15.39万余元", "400名", "100名", "100份", "10万余元", "30名", "1.5万元"])); // prettier-ignore
    expect(told.text).toMatch(/为143名各类职工发放慰问金14\.3万元/);
    expect(told.text).toMatch(/为38户困难职工发放生活救助金61\.58万余元/);
  });
  test("for 祁连县 stands in its brief as it was printed", async () => {
    const told = await narrative(`year=2024&org=632222&seq=${published}`);
    expect(words(told)).toEqual(expect.arrayContaining(["203.907万元", "157.92万元", "22.287万元", "10.5万元", "1.3万元", "33万余元", "150名", "260名", "15.6万元", "110名", "31万余元", "5300张", "310名", "近29万元"])); // prettier-ignore
  });
});
