import { expect } from "@playwright/test";
import type { ApiActor } from "@/e2e/actors/api";

type Page = { items: { id: string; amountFen: string | null }[]; nextCursor: string | null };
type Voucher = { status: string; amountFen: string | null };
type Figures = { totals: { amountFen: string | null; records: number } };

/** The approved records of a filter, page by page. */
async function vouchersOf(api: ApiActor, filter: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const from: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page: Page = await api.read(`/disbursements?${filter}&status=approved&limit=200${from}`);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

/** A figure is its vouchers, each opened by itself and added up; answers the sum. */
export async function expectRawSum(api: ApiActor, filter: string): Promise<bigint> {
  const vouchers: Voucher[] = [];
  for (const id of await vouchersOf(api, filter))
    vouchers.push(await api.read<Voucher>(`/disbursements/${id}`));
  expect(new Set(vouchers.map(({ status }) => status))).toEqual(new Set(["approved"]));
  const sum = vouchers.reduce((total, { amountFen }) => total + BigInt(amountFen ?? 0), 0n);
  const { totals } = await api.read<Figures>(`/figures?${filter}`);
  expect({ fen: BigInt(totals.amountFen ?? 0), records: totals.records }).toEqual({
    fen: sum,
    records: vouchers.length,
  });
  return sum;
}
