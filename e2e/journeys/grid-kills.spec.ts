import type { BrowserContext, Page } from "@playwright/test";
import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { Grid } from "@/e2e/actors/grid";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

// In four stories, so that two hands share them.
test.describe.configure({ mode: "parallel" });

/** Twenty of the hundred with each run of everything; KILLS=100 for all of them. */
const TRIALS = Math.ceil(Number(process.env["KILLS"] ?? 20) / 4);
const KEPT = "已随手存下，还不是草稿";
/** Columns that take any text, by their place. */
const COLUMNS = [5, 6, 7, 8, 11];

/** The same trials each time: mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What the keys have put where; the last cell may be open still. */
type Typed = Map<string, string>;

async function typeCell(grid: Grid, typed: Typed, pick: (below: number) => number) {
  const [drawn, column] = [1 + pick(6), COLUMNS[pick(COLUMNS.length)] ?? 6];
  // A click into the cell that is open puts the caret there, and what is typed then stands beside what was.
  const last = [...typed.keys()].at(-1);
  const row = last === `${drawn},${column}` ? (drawn % 6) + 1 : drawn;
  const text = String(100 + pick(900));
  await grid.cell(row, column).click();
  const letters = 1 + pick(text.length);
  typed.delete(`${row},${column}`);
  for (let n = 1; n <= letters; n++) {
    await grid.page.keyboard.type(text[n - 1] ?? "");
    typed.set(`${row},${column}`, text.slice(0, n));
  }
  if (pick(3) > 0)
    await grid.page.keyboard.press(["Enter", "Tab", "ArrowDown"][pick(3)] ?? "Enter");
}

async function lostOf(page: Page, address: string, typed: Typed): Promise<string[]> {
  const grid = new Grid(new Person(page));
  await page.goto(address);
  const lost: string[] = [];
  // a busy machine is slow to draw; only what never comes is lost
  for (const [place, text] of typed) {
    const [row = 1, column = 1] = place.split(",").map(Number);
    const cell = grid.cell(row, column);
    const shown = async () => {
      const box = cell.locator("input");
      return (await box.count()) > 0 ? box.inputValue() : ((await cell.textContent()) ?? "").trim();
    };
    try {
      await expect.poll(shown, { timeout: 30_000 }).toBe(text);
    } catch {
      lost.push(`${place}: ${text}, found ${await shown()}`);
    }
  }
  return lost;
}

/** One table, left at a random moment: the tab killed, the line cut before it, or reloaded. */
async function trial(context: BrowserContext, pick: (below: number) => number): Promise<string[]> {
  const page = await context.newPage();
  const grid = new Grid(new Person(page));
  const typed: Typed = new Map();
  await grid.open();
  await typeCell(grid, typed, pick);
  await page.waitForURL(/\?copy=/);
  const way = pick(4);
  const before = pick(4);
  for (let n = 0; n < before; n++) await typeCell(grid, typed, pick);
  // Sometimes the server has it already, sometimes half of it, sometimes nothing.
  if (pick(2) === 0) await page.getByText(KEPT).first().waitFor();
  if (way > 0) await context.setOffline(true);
  const after = 1 + pick(4);
  for (let n = 0; n < after; n++) await typeCell(grid, typed, pick);
  const address = page.url();
  if (way === 2) {
    await context.setOffline(false);
    await page.getByText(KEPT).first().waitFor();
  }
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  const lost = await lostOf(again, address, typed);
  await again.getByText(KEPT).first().waitFor();
  // A person keeps a hundred at most.
  const id = new URL(address).searchParams.get("copy") ?? "";
  await again.evaluate(async (copy) => {
    await fetch(`/api/v1/working-copies/${copy}`, { method: "DELETE" });
  }, id);
  await again.close();
  return lost;
}

for (const first of [1, 26, 51, 76]) {
  const last = first + TRIALS - 1;
  test(`the tab is killed or the line is cut at a random moment, and nothing typed is lost (from ${first} of a hundred)`, async ({
    page,
    over,
    provoked,
  }) => {
    test.setTimeout(900_000);
    provoked.push(/net::ERR_/);
    const account = await openClerk(await over("admin"));
    await new Person(page).signsInFirst(account.username, account.password, OWN_PASSWORD);
    let lost = 0;
    for (let seed = first; seed <= last; seed++) {
      const words = await trial(page.context(), seeded(seed));
      for (const one of words) console.log(`trial ${seed}: ${one}`);
      lost += words.length;
    }
    console.log(`grid: trials ${first} to ${last}, lost=${lost}`);
    expect(lost).toBe(0);
  });
}
