import { expect, test } from "vitest";
import { testDatabase } from "@/testing/database";

await testDatabase();
const { narrativeDocx, narrativeTxt } = await import("./queries");

const BRIEF = {
  heading: ["湟源县总工会2024年帮扶工作简报", "（数据截至2024年12月31日）"],
  paragraphs: [
    {
      head: "冬送温暖。",
      pieces: ["为", { text: "38户", figure: "/figures?year=2024&measures=households", value: "38", unit: "households" as const }, "发放救助金。"], // prettier-ignore
    },
  ],
  signed: "（湟源县总工会）",
  asOf: "2024-12-31T08:00:00.000Z",
};

test("the same brief is the same document, and the same lines as text", async () => {
  const [once, again] = [await narrativeDocx(BRIEF, "zh-CN"), await narrativeDocx(BRIEF, "zh-CN")];
  expect(Buffer.compare(Buffer.from(once), Buffer.from(again))).toBe(0);
  const text = Buffer.from(narrativeTxt(BRIEF)).toString("utf8");
  expect(text).toContain("\r\n冬送温暖。为38户发放救助金。\r\n");
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
});
