import type { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

type Received = { organisation?: string; receivedFen: string | null };
type Balance = { rows: Received[]; totals: Received };
type Allotment = { id: string };

const YEAR = 2026;

async function passesDown(person: Person, purpose: string, to: string, amount: string) {
  await person.opens(`/allotments?year=${YEAR}`);
  const line = person.page.getByRole("row").filter({ hasText: purpose }).last();
  await line.getByRole("button", { name: "下拨" }).click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "拨给", exact: true }).fill(to);
  await dialog.getByRole("option", { name: to }).first().click();
  await dialog.getByRole("textbox", { name: /^金额/ }).fill(amount);
  await dialog.getByRole("textbox", { name: /^下拨文号/ }).fill("青工发〔2026〕12号");
  await expect(dialog.getByRole("status").filter({ hasText: "还余" })).toBeVisible();
  await dialog.getByRole("button", { name: "确认下拨" }).click();
  await expect(dialog).toBeHidden();
}

test("the province passes money down to a prefecture, and it to a county", async ({ at, over }) => {
  const api = await over("province");
  const received = async (org: string) => {
    const { rows, totals } = await api.read<Balance>(
      `/figures/balance?year=${YEAR}&org=${org}&groupBy=organisation`,
    );
    const own = rows.find(({ organisation }) => organisation === org)?.receivedFen ?? "0";
    return { own: BigInt(own), whole: BigInt(totals.receivedFen ?? "0") };
  };
  const places = ["630000", "630100", "630123"];
  const before = await Promise.all(places.map(received));
  const purpose = unique("困难职工帮扶");
  await api.write<Allotment>("POST", "/allotments", {
    ...{ organisation: "630000", fiscalYear: YEAR, fundSource: "provincial-union", purpose },
    ...{ amountFen: "10000000", sourceKind: "own-union" },
  });

  await passesDown(await at("province"), purpose, "西宁市", "6万");
  const prefecture = await at("reviewer.xining");
  await passesDown(prefecture, purpose, "湟源县", "25000");
  const list = prefecture.page.getByRole("row").filter({ hasText: purpose });
  await expect(list.filter({ hasText: "拨给湟源县总工会" })).toContainText("青工发〔2026〕12号");
  await expect(list.filter({ hasText: "青海省总工会拨来" })).toContainText(/3\.50|35,000/);

  const after = await Promise.all(places.map(received));
  const more = after.map(({ own, whole }, at) => ({
    own: own - (before[at]?.own ?? 0n),
    whole: whole - (before[at]?.whole ?? 0n),
  }));
  expect(more).toEqual([
    { own: 4_000_000n, whole: 10_000_000n },
    { own: 3_500_000n, whole: 6_000_000n },
    { own: 2_500_000n, whole: 2_500_000n },
  ]);
});
