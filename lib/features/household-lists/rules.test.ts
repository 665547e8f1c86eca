import { expect, test } from "vitest";
import zh from "@/lib/i18n/messages/zh-CN/households.json";
import { LIST_WORDS } from "./labels";
import { lineOfField, LIST_HEAD, readList, rowsOf } from "./rules";

const TODAY = "2026-11-27";
const NUMBER = "639901198001010014";
const table = (...rows: string[][]) => [
  ["困难职工档案表"],
  ["姓名*", "与户主关系", "身份证号", "出生日期", "困难类别", "主要致困原因", "建档日期", "工种"],
  ...rows,
];

test("a row that begins a household, and those of its people below it", () => {
  const { headed, households, faults, unknown } = readList(
    table(
      ["才让卓玛", "户主", NUMBER, "", "深度困难", "重特大疾病", "2026年3月1日", "钳工"],
      ["南加", "儿子", "", "20100101", "", "", "", ""],
      ["", "", "", "", "", "", "", ""],
      ["旦增", "", "", "", "相对困难职工", "子女上学", "2026.4.2", ""],
    ),
    TODAY,
  );
  expect([headed, faults, unknown]).toEqual([true, [], ["工种"]]);
  expect(households.map(({ lines }) => lines)).toEqual([[3, 4], [6]]);
  expect(households[0]?.input).toMatchObject({
    ...{ code: null, tier: "deep", cause: "illness", filedOn: "2026-03-01", kind: "urban" },
    members: [
      { relation: "self", name: "才让卓玛", idNumber: NUMBER },
      { relation: "child", name: "南加", born: "2010-01-01" },
    ],
  });
});

test("what cannot be read is named by line and column, and nothing of it is said", () => {
  const { faults } = readList(
    table(
      ["", "户主", NUMBER, "1980", "特困", "", "明天吧", ""],
      ["南加", "邻居", "", "", "", "", "", ""],
    ),
    TODAY,
  );
  expect(faults.map(({ line, field, key }) => `${line} ${field} ${key}`).sort()).toEqual([
    "3 born date",
    "3 cause required",
    "3 filedOn date",
    "3 name required",
    "3 tier listWord",
    "4 cause required",
    "4 filedOn required",
    "4 relation listWord",
    "4 tier required",
  ]);
  expect(JSON.stringify(faults)).not.toMatch(/特困|邻居|明天|南加|6399/);
  expect(readList([["甲", "乙"]], TODAY).headed).toBe(false);
  expect(lineOfField([3, 4], "members.1.idNumber")).toEqual({ line: 4, field: "idNumber" });
  expect(lineOfField([3, 4], "code")).toEqual({ line: 3, field: "code" });
});

test("a file that is written as rows is read back as it was", () => {
  const member = { idKind: null, born: null, sex: null, phone: null, health: null, workplace: null, details: { incomeFen: "123456", employment: "灵活就业" }, unreadable: false }; // prettier-ignore
  const file = {
    ...{ code: "630123-0001", tier: "accident", kind: "migrant", level: "grass-roots" },
    ...{
      cause: "disaster",
      otherCauses: ["schooling", "other"],
      address: "某巷",
      filedOn: "2026-03-01",
      details: { housing: "租赁", noneEmployed: "no" },
    },
    members: [
      { ...member, no: 1, relation: "self", name: "才让", idKind: "passport", idNumber: "E12345678", sex: "male" }, // prettier-ignore
      { ...member, no: 2, relation: "grandchild", name: "南加", idNumber: null, born: "2015-02-03", health: "慢性病" }, // prettier-ignore
    ],
  } as const;
  const { households, faults } = readList([LIST_HEAD, ...rowsOf(file as never)], TODAY);
  expect(faults).toEqual([]);
  const { members, ...head } = households[0]?.input ?? { members: [] };
  expect(head).toEqual({ ...file, members: undefined });
  expect(members).toMatchObject([
    { relation: "self", name: "才让", idKind: "passport", idNumber: "E12345678", sex: "male", details: member.details }, // prettier-ignore
    { relation: "grandchild", name: "南加", born: "2015-02-03", health: "慢性病" },
  ]);
});

test("the list's words are the screen's", () => {
  const { tier, kind, level, cause, relation, sex } = LIST_WORDS;
  const own = { tier, kind, level, cause, relation, sex };
  for (const [list, words] of Object.entries(own))
    for (const [code, [first]] of Object.entries(words))
      expect(zh[list as "tier"][code as "deep"], `${list} ${code}`).toBe(first);
});
