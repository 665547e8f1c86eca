import { describe, expect, it } from "vitest";
import { ledgerFilterSchema } from "@/lib/features/ledger/schema";
import { explainHref, inFen, ledgerExportHref } from "@/lib/features/ledger/address";
import { figureFilterSchema } from "./schema";
import { FILTER_NAMES } from "./types";
import { filterQuery } from "./address";
import { numberedSteps, pageSteps, readSearch } from "@/lib/kernel/search";

const filter = {
  year: 2024,
  yearAxis: "statistics" as const,
  org: "630123",
  programme: ["cool-summer", "golden-autumn"],
  campaign: ["2024-summer", "none"],
  form: ["goods" as const],
  month: 0,
  status: ["approved" as const, "submitted" as const],
  amountKind: ["exact" as const, "unvalued" as const],
  paidFrom: "2024-03-01",
  paidTo: "2024-05-31",
  amountFrom: "-100",
  amountTo: "14300000",
  corrects: 2023,
  throughMonth: 10,
  sort: "-amountFen" as const,
  q: "清凉 & 助学",
};

describe("filter and address", () => {
  it("go round without loss", () => {
    const search = Object.fromEntries(new URLSearchParams(filterQuery(filter)));
    expect(readSearch(ledgerFilterSchema, search)).toEqual({
      query: { ...filter, org: ["630123"] },
      ignored: [],
    });
    const places = { org: ["630123", "632222"], organisation: "630100" };
    expect(filterQuery(places)).toBe("org=630123,632222&organisation=630100");
  });

  it("know the same conditions", () => {
    expect([...FILTER_NAMES].sort()).toEqual(Object.keys(figureFilterSchema.shape).sort());
  });

  it("write the same filter as the same address, month 0 included", () => {
    const { year, org, month } = filter;
    expect(filterQuery({ month, org, year })).toBe("year=2024&org=630123&month=0");
    expect(explainHref({ programme: ["a", "b"] })).toBe("/explain?programme=a,b");
    expect(filterQuery({ year, yearAxis: "calendar" })).toBe("year=2024");
  });

  it("export exactly what is filtered", () => {
    expect(ledgerExportHref({ year: 2024, q: "米面油" }, "csv")).toBe(
      `/api/v1/exports/ledger?year=2024&q=${encodeURIComponent("米面油")}&format=csv`,
    );
  });

  it("use what can be read and name the rest", () => {
    const search = {
      year: "20x4",
      org: "630123",
      month: "13",
      utm: "1",
      q: "",
      form: ["goods", "cash"],
    };
    expect(readSearch(ledgerFilterSchema, search)).toEqual({
      query: { org: ["630123"], form: ["goods", "cash"] },
      ignored: ["year", "month", "utm"],
    });
  });
});

describe("numberedSteps", () => {
  it("goes by numbers as far as there are any, then by cursors, and back the same way", () => {
    const at = (place: Parameters<typeof numberedSteps>[0], next: string | null) =>
      numberedSteps(place, next);
    expect(at({ number: 1, last: 3 }, "c1")).toEqual({
      number: 1,
      previous: null,
      next: { page: "2" },
    });
    expect(at({ number: 2, last: 3 }, null)).toEqual({ number: 2, previous: {}, next: null });
    const third = at({ number: 3, last: 3 }, "c3");
    expect(third).toEqual({ number: 3, previous: { page: "2" }, next: { cursor: "c3" } });
    const fourth = at({ number: 1, last: 3, ...third.next }, "c4");
    expect(fourth).toEqual({
      number: 4,
      previous: { page: "3" },
      next: { cursor: "c4", trail: "c3" },
    });
    expect(at({ number: 1, last: 3, ...fourth.next }, null)).toEqual({
      number: 5,
      previous: { cursor: "c3" },
      next: null,
    });
  });
});

describe("amounts typed in yuan", () => {
  it("stand in the address in fen, and what is no amount stays to be refused", () => {
    expect(inFen({ yuanFrom: "1,430.5", yuanTo: " 14.3万 ", q: "x" })).toEqual({
      q: "x",
      amountFrom: "143050",
      amountTo: "14300000",
    });
    expect(inFen({ yuanFrom: "-200", yuanTo: "" })).toEqual({ amountFrom: "-20000" });
    expect(readSearch(ledgerFilterSchema, inFen({ yuanFrom: "一些" })).ignored).toEqual([
      "amountFrom",
    ]);
  });
});

describe("pageSteps", () => {
  it("walks forward and back to where it began", () => {
    const first = pageSteps({}, "c1");
    expect(first).toEqual({ number: 1, previous: null, next: { cursor: "c1" } });
    const second = pageSteps(first.next ?? {}, "c2");
    expect(second).toEqual({ number: 2, previous: {}, next: { cursor: "c2", trail: "c1" } });
    const third = pageSteps(second.next ?? {}, null);
    expect(third).toEqual({ number: 3, previous: { cursor: "c1" }, next: null });
  });

  it("does not grow without end", () => {
    let place: Record<string, string> = {};
    for (let step = 0; step < 100; step++) place = pageSteps(place, `c${step}`).next ?? {};
    expect(place.trail?.split(".")).toHaveLength(40);
    expect(place.cursor).toBe("c99");
  });

  it("takes no nonsense from the address", () => {
    expect(pageSteps({ cursor: "c1", trail: "<script>.." }, null).previous).toEqual({});
  });
});
