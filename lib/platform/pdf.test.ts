import { expect, test } from "vitest";
import { readPdf } from "@/testing/pdf";
import { pdfFile, type PdfDocument } from "./pdf";

const cell = (text: string) => ({ text, align: "right" as const });

const document = (rows: number): PdfDocument => ({
  title: "2025年帮扶工作汇总表",
  created: new Date("2026-01-10T08:00:00Z"),
  foot: "数据截至 2026-01-10 16:00",
  page: (at, of) => `第 ${at} 页，共 ${of} 页`,
  sections: [
    {
      title: "2025年帮扶工作汇总表",
      left: "填报单位（盖章）：湟源县总工会",
      right: "单位：元",
      parts: [
        {
          kind: "table",
          head: [
            [{ text: "单位", rowSpan: 2 }, { text: "资金", colSpan: 2, align: "center" }, null],
            [null, { text: "到位" }, { text: "支出" }],
            [{ text: "甲" }, { text: "(1)" }, { text: "(2)" }],
          ],
          rows: Array.from({ length: rows }, (_, at) => [
            { text: `第${at + 1}行` },
            cell("1,234,567.89"),
            cell("—"),
          ]),
          widths: [20, 12, 12],
        },
        { kind: "words", lines: ["说明 1  只计已审核的记录。"] },
        { kind: "signatures", labels: ["单位负责人：", "审核：", "填表："] },
      ],
    },
    {
      title: "按县分布",
      left: "",
      right: "",
      parts: [
        {
          kind: "drawing",
          svg: '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><rect width="60" height="20" fill="#5f8aa5"/><text x="2" y="36" font-size="10">湟源县</text></svg>',
          width: 300,
        },
      ],
    },
  ],
});

test("every page lies, is numbered and begins with the headings; each line stands on one of them", async () => {
  const file = await pdfFile(document(90));
  const pages = readPdf(file);
  expect(pages.length).toBeGreaterThan(2);
  for (const [at, { width, height, text }] of pages.entries()) {
    expect([Math.round(width), Math.round(height)]).toEqual([842, 595]);
    expect(text).toContain(`第${at + 1}页，共${pages.length}页`);
  }
  const lines = pages.slice(0, -1);
  for (const { text } of lines.filter((page) => /第\d+行/.test(page.text)))
    expect(text).toContain("单位资金到位支出甲(1)(2)");
  const all = pages.map(({ text }) => text).join("");
  expect(all.match(/1,234,567\.89/g)).toHaveLength(90);
  expect(all).toContain("填报单位（盖章）：湟源县总工会单位：元");
  expect(all).toContain("单位负责人：审核：填表：");
  // letters of a drawing are letters, and the face is a part of its face
  expect(pages.at(-1)?.text).toContain("湟源县");
  expect(file.length).toBeLessThan(200_000);
});

test("the same document is the same bytes, and another time others", async () => {
  const [once, again] = [await pdfFile(document(3)), await pdfFile(document(3))];
  expect(Buffer.compare(once, again)).toBe(0);
  const later = await pdfFile({ ...document(3), created: new Date("2026-01-11T08:00:00Z") });
  expect(Buffer.compare(once, later)).not.toBe(0);
});
