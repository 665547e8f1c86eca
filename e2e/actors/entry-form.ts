import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./person";

export type Entry = {
  programme: string;
  day: string;
  amount: string;
  counts: string;
  source: string;
  note: string;
};

/** What is said to a return. */
export const REPLY = "已按签领表更正";

/** What clerks and reviewers do with one record, on its form and on its page. */
export class EntryForm {
  private readonly page: Page;
  constructor(private readonly clerk: Person) {
    this.page = clerk.page;
  }

  get amount(): Locator {
    return this.page
      .getByRole("group", { name: "金额", exact: true })
      .getByRole("textbox", { name: "金额", exact: true });
  }

  async fill(entry: Entry): Promise<void> {
    await this.clerk.chooses("项目", entry.programme);
    await this.page.getByLabel("发放日期", { exact: true }).fill(entry.day);
    await this.amount.fill(entry.amount);
    // The programme decides which count comes first; "3户9人" may be typed into any.
    await this.page
      .getByRole("group", { name: "数量", exact: true })
      .getByRole("textbox")
      .first()
      .fill(entry.counts);
    await this.clerk.chooses("资金来源", entry.source);
    await this.page.getByLabel("备注", { exact: true }).fill(entry.note);
  }

  /** Presses 上报, answers what the checks ask, and arrives at the record's page; answers its id. */
  async submit(): Promise<string> {
    await this.page.getByRole("button", { name: "上报", exact: true }).click();
    return this.arrive();
  }

  async arrive(): Promise<string> {
    const asked = this.page.getByRole("dialog", { name: /上报前请说明|答复退回/ });
    const done = this.page.getByRole("heading", { level: 2, name: "办理进度" });
    await expect(asked.or(done).first()).toBeVisible({ timeout: 20_000 });
    if (await asked.isVisible()) {
      for (const answer of await asked.getByRole("combobox", { name: "说明" }).all())
        await answer.selectOption({ label: "已核对，填写无误" });
      const reply = asked.getByLabel("对退回的答复");
      if (await reply.isVisible()) await reply.fill(REPLY);
      await asked.getByRole("button", { name: "确认并上报" }).click();
    }
    await this.page.waitForURL(/\/disbursements\/\d+$/);
    return this.page.url().split("/").at(-1) ?? "";
  }
}
