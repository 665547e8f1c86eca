import { describe, expect, it } from "vitest";
import { filterOptions } from "./combobox-filter";

const options = [
  { value: "630102", label: "城东区总工会", note: "西宁市", keywords: "cdq" },
  { value: "630123", label: "湟源县总工会", note: "西宁市", keywords: "hyx" },
  { value: "632222", label: "祁连县总工会", note: "海北州", keywords: "qlx" },
  { value: "630000", label: "源头活水", keywords: "" },
];

const values = (typed: string) => filterOptions(options, typed).map((option) => option.value);

describe("filterOptions", () => {
  it("keeps the given order while nothing is typed", () => {
    expect(values("  ")).toEqual(["630102", "630123", "632222", "630000"]);
  });

  it("finds by part of the name, by code, by initials and by note", () => {
    expect(values("祁连")).toEqual(["632222"]);
    expect(values("630123")).toEqual(["630123"]);
    expect(values("HYX")).toEqual(["630123"]);
    expect(values("西宁")).toEqual(["630102", "630123"]);
  });

  it("puts the name that is usually read so before one that may be", () => {
    const sources = [
      { value: "provincial-union", label: "省总工会经费", keywords: "szghjf xzghjf" },
      { value: "county-union", label: "县总工会经费", keywords: "xzghjf" },
    ];
    const [first] = filterOptions(sources, "xzghjf");
    expect(first?.value).toBe("county-union");
  });

  it("puts names that begin with the query first", () => {
    expect(values("源")).toEqual(["630000", "630123"]);
  });

  it("finds a name with a character more or less, after the others", () => {
    expect(values("湟源总工会")).toEqual(["630123"]);
    expect(values("青海湟源县总工会")).toEqual(["630123"]);
    expect(values("城工")).toEqual([]);
  });

  it("finds nothing for what is not there", () => {
    expect(values("青岛")).toEqual([]);
  });
});
