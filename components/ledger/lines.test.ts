import { describe, expect, it } from "vitest";
import { whenWords } from "./lines";

const period = (periodFrom: string, periodTo: string) => ({ paidOn: null, periodFrom, periodTo });

describe("whenWords", () => {
  it("says a day as it is", () => {
    expect(whenWords({ paidOn: "2026-08-28", periodFrom: null, periodTo: null })).toBe(
      "2026-08-28",
    );
  });

  it("says whole years and months without their days", () => {
    expect(whenWords(period("2024-01-01", "2024-12-31"))).toBe("2024");
    expect(whenWords(period("2024-01-01", "2024-10-31"))).toBe("2024-01 – 2024-10");
    expect(whenWords(period("2024-02-01", "2024-02-29"))).toBe("2024-02");
    expect(whenWords(period("2023-11-01", "2024-02-29"))).toBe("2023-11 – 2024-02");
  });

  it("keeps the days of any other period", () => {
    expect(whenWords(period("2024-02-01", "2024-02-28"))).toBe("2024-02-01 – 2024-02-28");
    expect(whenWords(period("2024-01-15", "2024-03-31"))).toBe("2024-01-15 – 2024-03-31");
  });

  it("has nothing to say of a draft without dates", () => {
    expect(whenWords({ paidOn: null, periodFrom: null, periodTo: null })).toBe("—");
  });
});
