import { describe, expect, it } from "vitest";
import type { Block } from "@/lib/kernel/pasted-block";
import { place, placing, type Vocabulary } from "./rules";
import type { Area, GridContent, Shown } from "./types";
import { act, apply, EMPTY_HISTORY, redo, undo } from "./workflow";

const COLUMNS = [
  "programme",
  "form",
  "paidOn",
  "amount",
  "households",
  "persons",
  "note",
  "x",
  "y",
  "z",
];
const WORDS: Record<string, string> = {
  项目: "programme",
  发放日期: "paidOn",
  "金额（万元）": "amount",
  金额: "amount",
  户数: "households",
  人数: "persons",
  发放单价: "x",
};

const vocabulary: Vocabulary = {
  head: (cells) => ({
    columns: cells.map((cell) => WORDS[cell.trim()] ?? null),
    units: cells.map((cell) => (cell.includes("万元") ? "wan" : null)),
  }),
  fillsDown: (column) => ["programme", "form"].includes(column),
};

const blockOf = (rows: string[][], over: Partial<Block> = {}): Block => ({
  rows: rows.map((row) => row.map((text) => ({ text }))),
  merges: [],
  title: null,
  notes: [],
  ...over,
});
const gridOf = (count: number, text = ""): GridContent => {
  const order = Array.from({ length: count }, (_, n) => `r${n}`);
  const texts = text === "" ? {} : Object.fromEntries(COLUMNS.map((column) => [column, text]));
  return { order, texts: Object.fromEntries(order.map((id) => [id, texts])) };
};
const shownOf = (content: GridContent, columns = COLUMNS): Shown => ({
  rows: content.order,
  columns,
});
const at = (row: number, column: number, rows = 1, columns = 1): Area => ({
  row,
  column,
  rows,
  columns,
});

function pasted(block: Block, content: GridContent, area: Area, shown = shownOf(content)) {
  const plan = place(block, { shown, area }, content, vocabulary);
  const ids = Array.from({ length: plan.newRows }, (_, n) => `new${n}`);
  const ops = placing(plan, content, shown, ids);
  return { plan, ops, content: apply(content, ops) };
}

describe("a block by its place", () => {
  it("adds the rows it needs, in one step that is taken back and done again whole", () => {
    const start = gridOf(500, "旧");
    const block = blockOf(
      Array.from({ length: 500 }, (_, r) => COLUMNS.map((_, c) => `${r},${c}`)),
    );
    const { ops } = pasted(block, start, at(489, 0));
    const bare = { before: null, after: null };
    const done = act(start, EMPTY_HISTORY, { kind: "paste", ops, ...bare });
    expect(done.content.order).toHaveLength(989);
    const back = undo(done.content, done.history);
    expect(back.content).toEqual(start);
    expect(redo(back.content, back.history).content).toEqual(done.content);
  });

  it("fills a selection that is several of it, and stands once in any other", () => {
    const one = pasted(blockOf([["是"]]), gridOf(4), at(0, 1, 3, 4));
    expect(one.plan.writes).toHaveLength(12);
    const two = blockOf([["甲"], ["乙"]]);
    const column = (rows: number) => {
      const { content, plan } = pasted(two, gridOf(4), at(0, 6, rows));
      return [content.order.map((id) => content.texts[id]?.["note"] ?? ""), plan.area];
    };
    expect(column(4)).toEqual([["甲", "乙", "甲", "乙"], at(0, 6, 4)]);
    expect(column(3)).toEqual([["甲", "乙", "", ""], at(0, 6, 2)]);
  });

  it("repeats sideways too", () => {
    const { content } = pasted(blockOf([["甲", "乙"]]), gridOf(1), at(0, 6, 1, 4));
    expect(content.texts["r0"]).toEqual({ note: "甲", x: "乙", y: "甲", z: "乙" });
  });

  it("that is too wide writes nothing, and names what has no place", () => {
    const { plan, content } = pasted(blockOf([["1", "2", "3"]]), gridOf(2), at(0, 8));
    expect(plan.surplus).toEqual([2]);
    expect(plan.columns[2]).toEqual({ head: null, sample: "3" });
    expect(content).toEqual(gridOf(2));
  });

  it("goes to what is shown, and to nothing hidden", () => {
    const start = gridOf(6, "旧");
    const shown = { rows: ["r0", "r2", "r4", "r5"], columns: ["programme", "amount", "note"] };
    const block = blockOf([
      ["1", "a"],
      ["2", "b"],
      ["3", "c"],
      ["4", "d"],
    ]);
    const { content } = pasted(block, start, at(0, 1), shown);
    expect(shown.rows.map((id) => content.texts[id]?.["amount"])).toEqual(["1", "2", "3", "4"]);
    expect([content.texts["r1"], content.texts["r3"]]).toEqual([
      start.texts["r1"],
      start.texts["r3"],
    ]);
    expect(content.texts["r0"]?.["persons"]).toBe("旧");
  });

  it("leaves alone what a shorter row does not reach", () => {
    const { content } = pasted(blockOf([["a", "b", "c"], ["d"]]), gridOf(2, "旧"), at(0, 4));
    expect(content.texts["r1"]).toMatchObject({ households: "d", persons: "旧", note: "旧" });
  });
});

describe("a block with its head", () => {
  it("goes to the columns it names, wherever one stands, and is not entered itself", () => {
    const block = blockOf([
      ["户数", "项目", "金额"],
      ["3", "金秋助学", "1,200"],
    ]);
    const { content, plan } = pasted(block, gridOf(1), at(0, 5));
    expect(content.texts["r0"]).toEqual({
      households: "3",
      programme: "金秋助学",
      amount: "1,200",
    });
    expect(content.order).toHaveLength(1);
    expect(plan.area).toEqual(at(0, 0, 1, 5));
  });

  it("in ten thousands gives each plain number its unit", () => {
    const block = blockOf([
      ["项目", "金额（万元）"],
      ["甲", "61.58"],
      ["乙", "61.58万"],
      ["丙", "无"],
    ]);
    const { content } = pasted(block, gridOf(0), at(0, 0));
    expect(content.order.map((id) => content.texts[id]?.["amount"])).toEqual(["61.58万", "61.58万", "无"]); // prettier-ignore
  });

  it("is told the unit by the line above it, too", () => {
    const block = blockOf([
      ["单位：万元", "", ""],
      ["项目", "金额", "户数"],
      ["甲", "6", "3"],
    ]);
    const { content, plan } = pasted(block, gridOf(0), at(0, 0));
    expect(content.texts["new0"]).toEqual({ programme: "甲", amount: "6万", households: "3" });
    expect(plan.title).toBe("单位：万元");
  });

  it("of two rows is joined: what is merged above stands over each of its columns", () => {
    const rows = [
      ["2026年台账", "", "", "", "", ""],
      ["项目", "救助情况", "", "金额（万元）", "发放", ""],
      ["", "户数", "人数", "", "发放日期", "单价"],
      ["金秋助学", "3", "9", "1.5", "2026.8.21", "500"],
    ];
    const merges = [
      { row: 1, column: 0, rows: 2, columns: 1 },
      { row: 1, column: 1, rows: 1, columns: 2 },
      { row: 1, column: 3, rows: 2, columns: 1 },
      { row: 1, column: 4, rows: 1, columns: 2 },
    ];
    const read = {
      ...{ programme: "金秋助学", households: "3", persons: "9", amount: "1.5万" },
      ...{ paidOn: "2026.8.21", x: "500" },
    };
    for (const over of [{ merges }, {}]) {
      const { content, plan } = pasted(blockOf(rows, over), gridOf(0), at(0, 0));
      expect(content.order.map((id) => content.texts[id])).toEqual([read]);
      expect(plan.title).toBe("2026年台账");
      expect(plan.columns.map(({ head }) => head)).toEqual(["项目", "救助情况/户数", "救助情况/人数", "金额（万元）", "发放/发放日期", "发放/单价"]); // prettier-ignore
    }
  });

  it("spreads a merged choice over its rows, and a merged sum over none", () => {
    const block = blockOf(
      [
        ["项目", "金额", "户数"],
        ["春送岗位", "300", "1"],
        ["", "", "2"],
        ["", "", "3"],
      ],
      { merges: [{ row: 1, column: 0, rows: 3, columns: 1 }, { row: 1, column: 1, rows: 3, columns: 1 }] }, // prettier-ignore
    );
    const { content, plan } = pasted(block, gridOf(0), at(0, 0));
    const column = (name: string) => content.order.map((id) => content.texts[id]?.[name] ?? "");
    expect(column("programme")).toEqual(["春送岗位", "春送岗位", "春送岗位"]);
    expect(column("amount")).toEqual(["300", "", ""]);
    expect(plan.spread).toBe(2);
  });

  it("keeps its sums out, and says them", () => {
    const block = blockOf([
      ["项目", "金额"],
      ["甲", "100"],
      ["乙", "200"],
      ["合 计", "300"],
    ]);
    const { content, plan } = pasted(block, gridOf(0), at(0, 0));
    expect(content.order).toHaveLength(2);
    expect(plan.sums).toEqual(["合 计 300"]);
  });

  it("names a column it does not know, and takes what the person says of it", () => {
    const block = blockOf([
      ["项目", "金额", "经办科室"],
      ["甲", "1", "帮扶科"],
    ]);
    const shown = shownOf(gridOf(0));
    const target = { shown, area: at(0, 0) };
    const asked = place(block, target, gridOf(0), vocabulary);
    expect([asked.surplus, asked.columns[2]]).toEqual([
      [2],
      { head: "经办科室", sample: "帮扶科" },
    ]);
    expect(asked.writes).toEqual([]);
    const told = place(block, target, gridOf(0), vocabulary, ["programme", "amount", "note"]);
    expect(told.writes.map(({ column, text }) => [column, text])).toEqual([
      ["programme", "甲"],
      ["amount", "1"],
      ["note", "帮扶科"],
    ]);
  });

  it("writes the number behind a rounded one, and says both", () => {
    const block: Block = {
      ...blockOf([
        ["项目", "金额"],
        ["甲", ""],
      ]),
      rows: [
        [{ text: "项目" }, { text: "金额" }],
        [{ text: "甲" }, { text: "1,234.57", stored: "1234.567" }],
      ],
    };
    const { plan, content } = pasted(block, gridOf(0), at(0, 0));
    expect(content.texts["new0"]?.["amount"]).toBe("1234.567");
    expect(plan.rounded).toEqual([
      { row: 0, column: "amount", shown: "1,234.57", stored: "1234.567" },
    ]);
  });
});

it("says how many filled cells get another text", () => {
  expect(pasted(blockOf([["旧", "新"]]), gridOf(1, "旧"), at(0, 0)).plan.overwrites).toBe(1);
});
