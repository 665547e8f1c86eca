import type { Route } from "@playwright/test";
import type { ApiActor } from "@/e2e/actors/api";
import { EntryForm } from "@/e2e/actors/entry-form";
import type { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const CREATE = /\/api\/v1\/disbursements$/;
const WRITES = /\/api\/v1\/disbursements(\/\d+(\/submit)?)?$/;

async function formFilled(clerk: Person, note: string): Promise<EntryForm> {
  await clerk.opens("/entry");
  const form = new EntryForm(clerk);
  await form.fill({
    programme: "金秋助学",
    day: "2026-08-20",
    amount: "21000",
    counts: "7户7人",
    source: "县总工会经费",
    note,
  });
  return form;
}

async function expectOneSubmitted(api: ApiActor, note: string): Promise<void> {
  const { items } = await api.read<{ items: { status: string; amountFen: string }[] }>(
    `/disbursements?q=${encodeURIComponent(note)}`,
  );
  expect(items.map(({ status, amountFen }) => `${status} ${amountFen}`)).toEqual([
    "submitted 2100000",
  ]);
}

/** A line on which nothing gets through until it is opened. */
function shutLine() {
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  const hold = async (route: Route) => {
    await opened;
    await route.continue();
  };
  return { hold, open };
}

test("a double click on 上报 makes one record", async ({ at, over }) => {
  const clerk = await at("clerk.huangyuan");
  const note = unique("双击的一笔");
  const form = await formFilled(clerk, note);
  await clerk.page.getByRole("button", { name: "上报", exact: true }).dblclick();
  await form.arrive();
  await expectOneSubmitted(await over("clerk.huangyuan"), note);
});

test("keys, clicks and clicks again over a slow line make one record", async ({ at, over }) => {
  const clerk = await at("clerk.huangyuan");
  const note = unique("慢网上连按的一笔");
  const form = await formFilled(clerk, note);
  const line = shutLine();
  await clerk.page.route(WRITES, line.hold);
  const button = clerk.page.getByRole("button", { name: /^(上报|正在上报…)$/ });
  await button.focus();
  await clerk.page.keyboard.press("Enter");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.keyboard.press("Control+Shift+Enter");
  for (let press = 0; press < 5; press += 1) await button.click({ force: true, noWaitAfter: true });
  line.open();
  await form.arrive();
  await expectOneSubmitted(await over("clerk.huangyuan"), note);
});

test("an answer lost on the way and a second try make one record", async ({
  at,
  over,
  provoked,
}) => {
  provoked.push(/net::ERR_/);
  const clerk = await at("clerk.huangyuan");
  const note = unique("回音丢了的一笔");
  const form = await formFilled(clerk, note);
  let lost = 0;
  await clerk.page.route(CREATE, async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch(); // the server takes it, the browser never hears
    await route.abort("connectionreset");
  });
  await clerk.presses("上报");
  await clerk.sees(/网络已断开/);
  expect(lost).toBe(1);
  await form.submit();
  await expectOneSubmitted(await over("clerk.huangyuan"), note);
});
