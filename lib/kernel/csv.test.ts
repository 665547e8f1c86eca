import { describe, expect, it } from "vitest";
import { csvLine, safeText } from "./csv";

describe("csv", () => {
  it("never lets text run as a formula, whatever it begins with", () => {
    for (const text of ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "＝1"])
      expect(safeText(text)).toBe(`'${text}`);
    expect(csvLine(['=HYPERLINK("x")', "慰问, 现金", null])).toBe(
      `"'=HYPERLINK(""x"")","慰问, 现金",\r\n`,
    );
  });

  it("leaves numbers numbers", () => {
    expect(csvLine([12, "-1332.50", "-5.0%", "—"])).toBe("12,-1332.50,-5.0%,—\r\n");
    expect(csvLine([0, -1e-7, null])).toBe("0,-1e-7,\r\n");
  });
});
