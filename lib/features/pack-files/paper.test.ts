import { expect, test } from "vitest";
import { barsSvg } from "./paper";

const SHOW = { locale: "zh-CN", unit: "yuan" } as const;
const widths = (svg: string) => [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width)); // prettier-ignore

test("bars are as long as their amounts, and what is not known has none and says so", () => {
  const svg = barsSvg(
    [
      { name: "爱心早餐", fen: "40000" },
      { name: "冬送温暖 <&>", fen: "10000" },
      { name: "女职工", fen: null },
      { name: "冲销", fen: "-500" },
    ],
    SHOW,
  );
  const [whole = 0, quarter, ...none] = widths(svg);
  expect(whole).toBeGreaterThan(400);
  expect(quarter).toBe(whole / 4);
  expect(none).toEqual([0, 0]);
  for (const said of ["400.00", "100.00", "—", "-5.00"]) expect(svg).toContain(`>${said}</text>`);
  expect(svg).toContain("冬送温暖 &#60;&#38;&#62;");
});

test("nothing at all is an axis without bars", () => {
  expect(widths(barsSvg([], SHOW))).toEqual([]);
});
