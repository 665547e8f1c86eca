import type { Person } from "@/e2e/actors/person";
import { answersTo, plainRecord, unique, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

type Line = {
  id: string;
  name: string;
  balance: { receivedFen: string | null; spentFen: string | null };
};

const ADDRESS = "/projects?year=2026&org=630123";

async function declares(person: Person, name: string) {
  await person.opens(ADDRESS);
  await person.page.getByRole("button", { name: "申报项目" }).click();
  const dialog = person.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^项目名称/ }).fill(name);
  await dialog.getByRole("combobox", { name: /^资金来源/ }).selectOption({ label: "对口援助" });
  await dialog.getByRole("textbox", { name: /^申报金额/ }).fill("20.3907万");
  await dialog.getByRole("checkbox", { name: "金秋助学" }).check();
  await dialog.getByRole("button", { name: "申报", exact: true }).click();
  await expect(dialog).toBeHidden();
}

const lineOf = ({ page }: Person, name: string) => page.getByRole("row").filter({ hasText: name });

async function approves(person: Person, name: string) {
  await person.opens(ADDRESS);
  await lineOf(person, name).getByRole("button", { name: "批复" }).click();
  const dialog = person.page.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: /^批复金额/ })).toHaveValue("203,907.00");
  await dialog.getByRole("textbox", { name: /^批复文号/ }).fill("宁工批〔2026〕8号");
  await dialog.getByRole("button", { name: "确认批复" }).click();
  await expect(dialog).toBeHidden();
}

async function receives(person: Person, name: string) {
  await person.opens(ADDRESS);
  await lineOf(person, name).getByRole("button", { name: "登记到位" }).click();
  const dialog = person.page.getByRole("dialog");
  await expect(dialog).toContainText(name);
  await dialog.getByRole("textbox", { name: /^金额/ }).fill("203907");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("a county's project is declared, approved, paid and spent, and each figure of its line opens", async ({
  at,
  over,
}) => {
  const name = unique("金秋助学项目");
  const clerk = await at("clerk.huangyuan");
  await declares(clerk, name);
  await expect(lineOf(clerk, name)).toContainText("已申报");
  await approves(await at("reviewer.xining"), name);
  await receives(await at("province"), name);

  const [clerkApi, reviewerApi] = [await over("clerk.huangyuan"), await over("reviewer.xining")];
  const read = async () => {
    const { items } = await clerkApi.read<{ items: Line[] }>(ADDRESS);
    return items.find((line) => line.name === name);
  };
  const before = await read();
  expect(before?.balance.receivedFen).toBe("20390700");
  const record = await clerkApi.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", {
      amountFen: "5000000",
      shares: [{ fundSource: "paired-assistance", amountFen: "5000000" }],
      note: name,
    }),
  );
  const sent = await clerkApi.write<RecordAnswer>("POST", `/disbursements/${record.id}/submit`, {
    version: record.version,
    answers: answersTo(record),
  });
  await reviewerApi.write("POST", `/disbursements/${record.id}/approve`, { version: sent.version });
  const after = await read();
  const spent = BigInt(after?.balance.spentFen ?? 0) - BigInt(before?.balance.spentFen ?? 0);
  expect(spent).toBe(5_000_000n);

  await clerk.opens(ADDRESS);
  const line = lineOf(clerk, name);
  await expect(line).toContainText("宁工批〔2026〕8号");
  const figures = line.getByRole("cell").getByRole("link");
  await expect(figures).toHaveCount(2);
  await figures.first().click();
  await expect(clerk.page.getByRole("row").filter({ hasText: `申报项目：${name}` })).toBeVisible();
  await clerk.opens(ADDRESS);
  await lineOf(clerk, name).getByRole("cell").getByRole("link").last().click();
  await expect(clerk.page.getByRole("heading", { level: 1 })).toContainText("对口援助");
  await clerk.page.getByRole("link", { name: "查看经手" }).click();
  await expect(clerk.page.getByRole("heading", { level: 1 })).toHaveText("这个数的经手记录");
  await expect(clerk.page.getByRole("row").filter({ hasText: record.id.padStart(6, "0") })).not.toHaveCount(0); // prettier-ignore
});
