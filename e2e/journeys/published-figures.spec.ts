import { ApiActor } from "@/e2e/actors/api";
import {
  publishedByOrganisation,
  publishedContributory,
  publishedRelief,
  publishedTotalFen,
} from "@/e2e/expectations/published";
import { expect, test } from "@/e2e/fixtures";

type Cell = { organisation?: string; month?: number; amountFen: string; records: number };
type Figures = {
  rows: Cell[];
  totals: { amountFen: string; records: number };
  leftOut: { unvalued: number; contributory: { records: number; amountFen: string } };
};
type Vouchers = {
  items: { countedFen: string; fiscalYear: number; month: number; origin: string }[];
  totals: { amountFen: string; records: number };
  nextCursor: string | null;
};

async function allVouchers(person: ApiActor, query: string): Promise<Vouchers["items"]> {
  const items: Vouchers["items"] = [];
  for (let cursor = ""; ;) {
    const page = await person.read<Vouchers>(`/figures/explain?${query}${cursor}`);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

test.describe("the figures Qinghai unions published for 2024", () => {
  let province: ApiActor;
  test.beforeAll(async ({ baseURL }) => {
    province = await ApiActor.signIn(baseURL ?? "", "province");
  });
  test.afterAll(() => province.dispose());

  test("are all there, by the organisation that paid, to the fen", async () => {
    const figures = await province.read<Figures>("/figures?year=2024&groupBy=organisation");
    const expected = publishedByOrganisation();
    expect(
      new Map(
        figures.rows.map((row) => [
          row.organisation,
          { records: row.records, fen: BigInt(row.amountFen) },
        ]),
      ),
    ).toEqual(expected);
    expect(BigInt(figures.totals.amountFen)).toBe(publishedTotalFen());
    expect(figures.totals.records).toBe(publishedRelief().length);
  });

  test("leave mutual medical aid out, say how much it is, and show it when asked by name", async () => {
    const { leftOut } = await province.read<Figures>("/figures?year=2024");
    const contributory = publishedContributory();
    expect(leftOut.contributory.records).toBe(contributory.records);
    expect(BigInt(leftOut.contributory.amountFen)).toBe(contributory.fen);
    const named = await province.read<Figures>("/figures?year=2024&programme=mutual-medical-aid");
    expect(BigInt(named.totals.amountFen)).toBe(contributory.fen);
  });

  test("name no day, so no month has them", async () => {
    const { rows } = await province.read<Figures>("/figures?year=2024&groupBy=month");
    expect(rows.map((row) => row.month)).toEqual([0]);
    expect(BigInt(rows[0]?.amountFen ?? "")).toBe(publishedTotalFen());
  });

  test("open down to vouchers that sum to them, for every axis", async () => {
    for (const axis of [
      "organisation",
      "programme",
      "fundSource",
      "aidCategory",
      "recipientKind",
      "form",
      "prefecture",
      "month",
    ]) {
      const { rows } = await province.read<Figures>(`/figures?year=2024&groupBy=${axis}`);
      for (const row of rows) {
        const value = String(row[axis as keyof Cell]);
        const items = await allVouchers(
          province,
          `year=2024&${axis}=${encodeURIComponent(value)}&limit=20`,
        );
        const sum = items.reduce((total, item) => total + BigInt(item.countedFen), 0n);
        expect(sum, `${axis} ${value}`).toBe(BigInt(row.amountFen));
        expect(items.length, `${axis} ${value}`).toBe(row.records);
        expect(items.every((item) => item.origin === "published" && item.fiscalYear === 2024)).toBe(
          true,
        );
      }
    }
  });
});
