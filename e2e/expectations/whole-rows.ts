import { expect, type Page } from "@playwright/test";

/** No row of a table is cut by the lower edge of its frame, or by the sums that stay there. */
export async function expectWholeRows(page: Page): Promise<void> {
  const cut = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("table")].flatMap((table) => {
        const frame = table.parentElement;
        if (!frame || frame.scrollHeight <= frame.clientHeight) return [];
        const edge =
          frame.getBoundingClientRect().top +
          frame.clientTop +
          frame.clientHeight -
          (table.tFoot?.offsetHeight ?? 0);
        return [...table.tBodies]
          .flatMap((body) => [...body.rows])
          .map((row) => row.getBoundingClientRect())
          .filter(({ top, bottom }) => top < edge - 1 && bottom > edge + 1)
          .map(
            ({ top, bottom }) => `${table.caption?.textContent ?? ""}: ${top}–${bottom} at ${edge}`,
          );
      }),
    );
  await expect.poll(cut, page.url()).toEqual([]);
}
