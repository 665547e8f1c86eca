import { beforeAll, describe, expect, test } from "vitest";
import { createHousehold } from "@/lib/features/households/commands";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { ALL_ANSWERED, as } from "@/testing/records";
import { draftedRoster } from "@/testing/rosters";
import type { LineInput } from "./types";

// What lines of rosters have in common is asked about, by line number and voucher, and never opened.
const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let stranger: TestPerson;
let prefecture: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  stranger = await actors.clerk("632222");
  prefecture = await actors.reviewer("630100");
});

let serial = 100;
let day = 0;
/** Somebody who was born on a day of their own, unless it is said, and is a man where nobody says otherwise. */
function numbered(born?: string, region = "639901"): string {
  serial += 2;
  day += 1;
  const own = new Date(Date.UTC(1960, 0, day)).toISOString().slice(0, 10).replaceAll("-", "");
  const seventeen = `${region}${born ?? own}${serial + 1}`;
  return seventeen + checkDigitOf(seventeen);
}
/** An account that nobody else has. */
const account = () => `0102${String(10_000_000 + serial++)}`;

const NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
let named = 0;
const line = (more: Partial<LineInput> = {}): LineInput => ({
  name: `赵${NAMES[named++ % NAMES.length] ?? ""}${NAMES[(named * 7) % NAMES.length] ?? ""}`,
  idNumber: numbered(),
  amountFen: "60000",
  ...more,
});

const SOFT = ["same-account", "same-phone", "near-name", "same-household"];
const reading = async (person: TestPerson, id: string) =>
  (await as(person).get(id)).findings
    .filter(({ rule }) => SOFT.includes(rule))
    .map(({ rule, level, values }) => [rule, level, values["where"], values[values["where"] === "ledger" ? "known" : "lines"], values["references"]]); // prettier-ignore
const found = async (lines: LineInput[]) => {
  const { id } = await draftedRoster(clerk, lines);
  return reading(clerk, id);
};

describe("within a roster", () => {
  test("people who have nothing in common are not spoken of", async () => {
    expect(await found([line(), line({ phone: "13900000001", account: account() }), line()])).toEqual([]); // prettier-ignore
  });

  test("one account under different names; not where the payee is the same, nor by a dot", async () => {
    const [a, b, c] = [account(), account(), account()];
    expect(
      await found([
        ...[line({ account: a }), line({ account: a })],
        ...[line({ account: b, payee: "马老板" }), line({ account: b, payee: "马老板" })],
        ...[
          line({ account: c, payee: "买买提·阿布" }),
          line({ account: c, payee: "买买提・阿布" }),
        ],
      ]),
    ).toEqual([["same-account", "soft", "roster", "1/2", ""]]);
  });

  test("one telephone from the third person on", async () => {
    const two = [line({ phone: "13900000002" }), line({ phone: "139 0000 0002" })];
    expect(await found([...two, line()])).toEqual([]);
    const three = [line({ phone: "13900000003" }), line(), line({ phone: "13900000003" }), line({ phone: "13900000003" })]; // prettier-ignore
    expect(await found(three)).toEqual([["same-phone", "soft", "roster", "1/3/4", ""]]);
  });

  test("near names with one day of birth and one sex", async () => {
    const two = async (a: string, b: string, sameDay = true) => {
      const born = `1955${String(1 + (day % 12)).padStart(2, "0")}${String(10 + (day % 18)).padStart(2, "0")}`;
      const lines = [a, b].map((name) =>
        line({ name, idNumber: numbered(sameDay ? born : undefined) }),
      );
      return (await found(lines)).map(([rule, , where, nos]) => [rule, where, nos]);
    };
    for (const [a, b] of [
      ["王莉", "王丽"],
      ["才让卓玛", "次仁卓玛"],
      ["买买提·阿不都", "麦麦提阿卜杜"],
      ["阿依古丽·买买提", "阿依古丽·买买提江"],
    ] as const) {
      expect(await two(a, b), a).toEqual([["near-name", "roster", "1/2"]]);
      expect(await two(a, b, false), a).toEqual([]);
    }
    // twins
    expect(await two("王文静", "王文娟")).toEqual([]);
  });

  test("a name of many, of one day and registered in two places, is two people; in one place it is asked about", async () => {
    const pair = (name: string, region: string) => [
      line({ name, idNumber: numbered("19710304") }),
      line({ name, idNumber: numbered("19710304", region) }),
    ];
    const near = [["near-name", "soft", "roster", "1/2", ""]];
    expect(await found(pair("马福祥", "639902"))).toEqual(near);
    const many = Array.from({ length: 20 }, () => line({ name: "马福祥" }));
    expect(await found([...pair("马福祥", "639902"), ...many])).toEqual([]);
    expect(await found([...pair("马福祥", "639901"), ...many])).toEqual(near);
    expect(await found([...pair("马福强", "639902"), ...many])).toEqual(near);
    // heard otherwise: that writing has not many
    const [first, second] = pair("马福祥", "639902");
    if (first && second)
      expect(await found([{ ...first, name: "马福翔" }, second, ...many])).toEqual(near);
  });

  test("somebody without a number: beside a telephone or an account, or where nothing tells two of one name apart", async () => {
    const bare = { idNumber: null };
    const who = { name: "旦增多杰", phone: "13900000004", account: account() };
    const near = [["near-name", "soft", "roster", "1/2", ""]];
    expect(await found([line(who), line({ ...bare, name: "丹增多吉", phone: who.phone })])).toEqual(near); // prettier-ignore
    expect(await found([line(who), line({ ...bare, name: who.name, account: who.account })])).toEqual(near); // prettier-ignore
    expect(await found([line(who), line({ ...bare, name: who.name })])).toEqual(near);
    // another telephone, and two of one name who have numbers both, are two people
    expect(await found([line(who), line({ ...bare, name: who.name, phone: "13900000005" })])).toEqual([]); // prettier-ignore
    expect(await found([line(who), line({ name: who.name, phone: who.phone })])).toEqual([]);
  });

  test("people of one household, whose file is in reach", async () => {
    const numbers = [numbered(), numbered()];
    const head = { kind: "urban", level: "county", cause: "illness", tier: "deep", filedOn: "2026-03-01" } as const; // prettier-ignore
    await as(clerk).write((c) =>
      createHousehold({
        ...c,
        input: {
          ...{ ...head, organisation: "630123", otherCauses: [] },
          members: [
            { relation: "self", name: "才让", idNumber: numbers[0] },
            { relation: "spouse", name: "卓玛", idNumber: numbers[1] },
          ],
        },
      }),
    );
    const lines = numbers.map((idNumber) => line({ idNumber }));
    expect(await found([...lines, line()])).toEqual([["same-household", "soft", "roster", "1/2", ""]]); // prettier-ignore
    const theirs = await draftedRoster(stranger, [...lines, line()]);
    expect(await reading(stranger, theirs.id)).toEqual([]);
    const [first, second] = lines;
    if (!first || !second) throw new Error("two of them");
    const sent = await draftedRoster(clerk, [first, line()]);
    await as(clerk).submit(sent);
    const { findings } = await as(clerk).get((await draftedRoster(clerk, [line(), second])).id);
    expect(findings.find(({ rule }) => rule === "same-household")?.values).toMatchObject({ where: "ledger", known: "2" }); // prettier-ignore
  });
});

describe("against the ledger", () => {
  test("what one's own scope has submitted, with the voucher's number; nothing of others, of drafts, of other programmes", async () => {
    const shared = account();
    const born = "19510203";
    const twins = { name: "扎西卓玛", idNumber: numbered(born) };
    const first = await draftedRoster(clerk, [line({ account: shared }), line(twins), line({ phone: "13900000006" }), line({ phone: "13900000006" })]); // prettier-ignore
    const again = () => [
      line(),
      line({ account: shared }),
      line({ name: "札西卓麻", idNumber: numbered(born) }),
      line({ phone: "13900000006" }),
    ];
    expect(await found(again())).toEqual([]);
    await as(clerk).submit(first);
    const { reference } = await as(clerk).get(first.id);
    expect(await found(again())).toEqual([
      ["same-account", "soft", "ledger", "2", reference],
      ["same-phone", "soft", "ledger", "4", reference],
      ["near-name", "soft", "ledger", "3", reference],
    ]);
    // another county learns nothing, and who reads both sees both
    const theirs = await draftedRoster(stranger, again());
    expect(await reading(stranger, theirs.id)).toEqual([]);
    const neighbour = await draftedRoster(await actors.clerk("630121"), again());
    expect(await reading(await actors.reviewer("630121"), neighbour.id)).toEqual([]);
    expect((await reading(prefecture, neighbour.id)).map(([rule]) => rule)).toEqual([
      "same-account",
      "same-phone",
      "near-name",
    ]);
    const other = await draftedRoster(clerk, again());
    await owner.query("SET session_replication_role = replica");
    await owner.query("UPDATE disbursements SET programme_id = (SELECT id FROM programmes WHERE code <> 'golden-autumn' AND code NOT IN (SELECT programme FROM claim_periods) ORDER BY code LIMIT 1) WHERE id = $1", [other.id]); // prettier-ignore
    await owner.query("SET session_replication_role = DEFAULT");
    expect(await reading(clerk, other.id)).toEqual([]);
    const both = await draftedRoster(clerk, [...again(), line({ account: shared })]);
    const { findings } = await as(clerk).get(both.id);
    expect(findings.find(({ rule }) => rule === "same-account")?.values).toEqual({ where: "ledger", lines: "", known: "2/5", count: 1, references: reference }); // prettier-ignore
  });

  test("stops a submission until it is answered with a reason, and the answer stands", async () => {
    const shared = account();
    const draft = await draftedRoster(clerk, [
      line({ account: shared }),
      line({ account: shared }),
    ]);
    const others = ALL_ANSWERED.filter(({ rule }) => rule !== "same-account");
    await expect(as(clerk).submit(draft, others)).rejects.toMatchObject({ code: "FINDINGS" });
    const answer = { rule: "same-account", answer: "other", words: "夫妻共用一卡" } as const;
    const sent = await as(clerk).submit(draft, [...others, answer]);
    expect(sent.findings.find(({ rule }) => rule === "same-account")).toMatchObject({
      answer: { code: "other", words: "夫妻共用一卡", covers: true },
    });
  });
});

test("marks say nothing, and go with their lines", async () => {
  const said = { name: "南加标记", phone: "13909719873", account: "6228480000000000018" };
  const { id, version } = await draftedRoster(clerk, [line(said)]);
  const kept = async () => {
    const { rows } = await owner.query<{ row: string; kind: string }>("SELECT row_to_json(m)::text AS row, kind FROM roster_marks m WHERE disbursement_id = $1 ORDER BY kind", [id]); // prettier-ignore
    return rows;
  };
  expect((await kept()).map(({ kind }) => kind)).toContain("NAME");
  for (const text of Object.values(said)) {
    const rows = JSON.stringify(await kept());
    expect(rows).not.toContain(text);
    expect(rows).not.toContain(Buffer.from(text).toString("hex"));
  }
  const { putRoster } = await import("./commands");
  await as(clerk).write((c) => putRoster({ ...c, id, input: { version, lines: [] } }));
  expect(await kept()).toEqual([]);
});
