import type { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";
import { readPdf } from "@/testing/pdf";

const A4 = [842, 595];

/** What the browser's printer gets of the page that is open. */
async function printed(person: Person) {
  const pages = readPdf(await person.page.pdf({ preferCSSPageSize: true }));
  expect(pages.length).toBeGreaterThan(0);
  return { pages, text: pages.map((page) => page.text).join("") };
}

// In English: whatever faces the machine has, Latin letters can be read back from the paper.
const DESK = { locale: "en" } as const;

test("the ledger on paper: title, filter, unit, totals, signatures, headings on every page", async ({
  at,
}) => {
  const person = await at("province", DESK);
  await person.opens("/ledger?year=2023&org=630100&status=approved");
  await expect(person.page.getByRole("grid").first()).toBeVisible();
  const { pages, text } = await printed(person);
  expect(pages.length).toBeLessThanOrEqual(4);
  for (const page of pages) expect([page.width, page.height].map(Math.round)).toEqual(A4);
  for (const page of pages.slice(0, -1)) expect(page.text).toContain("Number");
  for (const said of ["2023", "XiningCity", "Unit:yuan", "Total", "Filledinby:", "Reviewedby:"])
    expect(text, said).toContain(said);
  for (const button of ["Export", "Copylink", "Newentry", "Columns"])
    expect(text, button).not.toContain(button);
  // What is not on it is said, and where all of it is to be had.
  expect(text).toMatch(/Rows1.?50of[\d,]+.?forallofthemexportExcel/);
});

test("the yearly summary on paper: every page says what it is, in which unit", async ({ at }) => {
  const person = await at("province", { unit: "wan", ...DESK });
  await person.opens("/reports?year=2023");
  await expect(person.page.getByRole("table").first()).toBeVisible();
  const sheets = await person.page.getByRole("table").count();
  const { pages, text } = await printed(person);
  const tables = pages.filter((page) => page.text.includes("(2)"));
  expect(tables.length).toBeGreaterThanOrEqual(sheets);
  expect(tables.length).toBeLessThanOrEqual(4 * sheets);
  for (const page of tables) {
    expect([page.width, page.height].map(Math.round)).toEqual(A4);
    expect(page.text).toContain("Yearlysummaryofreliefwork2023");
    expect(page.text).toContain("Unit:10,000yuan");
  }
  // one line of signatures a table
  expect(text.split("Filledinby:")).toHaveLength(sheets + 1);
  for (const button of ["Download", "Showascharts"]) expect(text, button).not.toContain(button);
});

test("a voucher on paper: one page, in yuan and in capitals, with lines to sign", async ({
  at,
}) => {
  const person = await at("auditor", { unit: "wan", ...DESK });
  const { page } = person;
  await person.opens("/ledger?year=2023&status=approved&amountKind=exact");
  await page.getByRole("grid").first().getByRole("link", { name: /^63/ }).first().click();
  await page.waitForURL(/\/disbursements\/\d+/);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("article").getByText(/^[\u4e00-\u9fff]+(整|角|分)$/)).toBeVisible();
  await page.emulateMedia({ media: null });
  const { pages, text } = await printed(person);
  expect(pages).toHaveLength(1);
  expect(pages.map(({ width, height }) => [width, height].map(Math.round))).toEqual([[595, 842]]);
  expect(text).toMatch(/\d{6}-2023-\d{6}/);
  expect(text).toMatch(/[\d,]+\.\d\dyuan/);
  for (const said of ["Preparedby:", "Reviewedby:", "Headofunion:"])
    expect(text, said).toContain(said);
  for (const button of ["Print", "Auditentries", "History"])
    expect(text, button).not.toContain(button);
});
