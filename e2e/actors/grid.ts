import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./person";

/** Both flavours that a spreadsheet puts on the clipboard. */
export type Copied = { html?: string; text?: string };

const cellHtml = (text: string) => `<td class="xl65">${text}</td>`;

/** As WPS and Excel write a block: a title over the whole width, a head, and rows. */
export function sheetHtml(title: string, rows: readonly (readonly string[])[]): string {
  const width = rows[0]?.length ?? 1;
  const lines = rows.map((row) => `<tr height=18>\n  ${row.map(cellHtml).join("\n  ")}\n </tr>`);
  return `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table border=0>
 <tr height=18><td colspan=${width} class="xl66">${title}</td></tr>
 ${lines.join("\n ")}
</table></body></html>`;
}

/** Somebody at the table of many rows. */
export class Grid {
  readonly page: Page;
  constructor(private readonly clerk: Person) {
    this.page = clerk.page;
  }

  async open(address = "/entry/grid"): Promise<void> {
    await this.clerk.opens(address);
    await expect(this.page.getByRole("grid")).toBeVisible();
    // Before the page is alive a click selects nothing.
    await expect(async () => {
      await this.page.getByRole("gridcell").first().click();
      await expect(this.input).toBeFocused({ timeout: 500 });
    }).toPass();
  }

  get input(): Locator {
    return this.page.getByRole("grid").getByRole("textbox").or(this.page.getByRole("grid").getByRole("combobox")); // prettier-ignore
  }

  /** A row of the table, from 1, as it is shown. */
  row(number: number): Locator {
    return this.page.getByRole("grid").locator(`tbody tr[aria-rowindex="${number + 1}"]`);
  }

  head(number: number): Locator {
    return this.row(number).getByRole("rowheader");
  }

  cell(number: number, column: number): Locator {
    return this.row(number).locator(`[aria-colindex="${column + 1}"]`);
  }

  async goTo(number: number, column: number): Promise<void> {
    await this.page.keyboard.press("Control+Home");
    for (let n = 1; n < number; n++) await this.page.keyboard.press("ArrowDown");
    for (let n = 1; n < column; n++) await this.page.keyboard.press("ArrowRight");
  }

  /** A real paste event with both flavours, at the element that has the focus. */
  async paste({ html = "", text = "" }: Copied): Promise<void> {
    await this.page.evaluate(
      (copied) => {
        const data = new DataTransfer();
        if (copied.html !== "") data.setData("text/html", copied.html);
        if (copied.text !== "") data.setData("text/plain", copied.text);
        document.activeElement?.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
      },
      { html, text },
    );
  }

  /** What a copy puts on the clipboard. */
  copied(): Promise<string> {
    return this.page.evaluate(() => {
      const data = new DataTransfer();
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }),
      );
      return data.getData("text/plain");
    });
  }
}
