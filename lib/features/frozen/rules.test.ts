import { describe, expect, it } from "vitest";
import { nothing } from "@/lib/features/changes/rules";
import { differenceFen, lineFilter, linesOf } from "./present";
import { compareAxes, isSameKept, keptAxes, MOST_ROWS, type KeptAxis } from "./rules";

const row = (code: string, amountFen: string, records = 1) => ({
  ...nothing(),
  ...{ code, amountFen, records },
});
const axis = (...rows: KeptAxis["rows"]): KeptAxis => ({ axis: "programme", rows });
const kept = (...rows: KeptAxis["rows"]) => ({
  totals: { ...nothing(), amountFen: "300", records: 2 },
  axes: [axis(...rows)],
});

describe("what was kept", () => {
  it("is the same in whatever order its lines stand", () => {
    const one = kept(row("a", "100"), row("b", "200"));
    expect(isSameKept(one, kept(row("b", "200"), row("a", "100")))).toBe(true);
  });

  it.each([
    ["an amount", kept(row("a", "101"), row("b", "199"))],
    ["a count", kept(row("a", "100", 2), row("b", "200"))],
    ["a line less", kept(row("a", "100"))],
    ["a line more", kept(row("a", "100"), row("b", "200"), row("c", "0"))],
    [
      "the total",
      { ...kept(row("a", "100"), row("b", "200")), totals: { ...nothing(), amountFen: "300" } },
    ],
  ])("is another by %s", (_, other) => {
    expect(isSameKept(kept(row("a", "100"), row("b", "200")), other)).toBe(false);
  });

  it("leaves out an axis of too many values, whole", () => {
    const many = axis(...Array.from({ length: MOST_ROWS + 1 }, (_, at) => row(String(at), "1")));
    expect(keptAxes([axis(row("a", "1")), many])).toEqual([axis(row("a", "1"))]);
  });
});

describe("then and now", () => {
  const then = [axis(row("same", "100"), row("gone", "50"), row("more", "10"))];
  const now = [axis(row("new", "7"), row("more", "30"), row("same", "100"))];
  const [compared] = compareAxes(then, now);

  it("has every line of either, what moved first", () => {
    const { lines, moved } = linesOf(compared ?? { axis: "programme", rows: [] });
    expect(lines.map(({ code }) => code)).toEqual(["gone", "more", "new", "same"]);
    expect(moved).toBe(3);
    expect(lines.map(differenceFen)).toEqual([-50n, 20n, 7n, 0n]);
  });

  it("opens the vouchers of a line: of no campaign as well, and a month as a number", () => {
    const filter = { year: 2026, org: "630000" };
    expect(lineFilter(filter, "campaign", "")).toEqual({ ...filter, campaign: ["none"] });
    expect(lineFilter(filter, "month", "0")).toEqual({ ...filter, month: 0 });
    expect(lineFilter(filter, "organisation", "630123")).toEqual({
      ...filter,
      organisation: "630123",
    });
  });
});
