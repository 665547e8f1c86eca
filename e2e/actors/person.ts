import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import { DEMO_PASSWORD } from "./api";

/** Somebody at a desk: what people do with the pages, in the words of the pages (Chinese). */
export class Person {
  constructor(readonly page: Page) {}

  async signIn(username: string, password = DEMO_PASSWORD): Promise<void> {
    await this.page.goto("/sign-in");
    await this.triesToSignIn(username, password);
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  /** The first time, with the one-time password from an administrator. */
  async signsInFirst(username: string, once: string, own: string): Promise<void> {
    await this.page.goto("/sign-in");
    await this.triesToSignIn(username, once);
    await this.page.getByLabel("新密码", { exact: true }).fill(own);
    await this.page.getByLabel("再输一次新密码", { exact: true }).fill(own);
    await this.page.getByRole("button", { name: "设定密码并登录" }).click();
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  async triesToSignIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel("账号", { exact: true }).fill(username);
    await this.page.getByLabel("密码", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "登录", exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole("button", { name: /账号菜单/ }).click();
    await this.page.getByRole("button", { name: "退出登录" }).click();
    await this.page.waitForURL(/\/sign-in/);
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async opensFromMenu(name: string): Promise<void> {
    await this.page.getByRole("button", { name: /账号菜单/ }).click();
    await this.page.getByRole("link", { name, exact: true }).click();
  }

  /** Chooses from a combobox by typing part of the name. */
  async chooses(label: string, text: string): Promise<void> {
    const box = this.page.getByRole("combobox", { name: label, exact: true });
    await box.fill(text);
    await this.page.getByRole("option", { name: text }).first().click();
  }

  /** Once more until the page names it: one chosen before the page listens goes unnoticed. */
  async choosesFile(
    label: string,
    file: { name: string; mimeType: string; buffer: Buffer },
  ): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    await expect(async () => {
      await field.setInputFiles(file);
      await expect(field).toHaveAttribute("title", file.name, { timeout: 1_000 });
    }).toPass();
  }

  async presses(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async follows(name: string | RegExp): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).first().click();
  }

  async sees(text: string | RegExp): Promise<void> {
    await expect(this.page.getByText(text).filter({ visible: true }).first()).toBeVisible();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name });
  }

  /** Takes a file from a menu of downloads. */
  async downloadsFromMenu(menu: string, item: string): Promise<Buffer> {
    await this.page.getByRole("button", { name: menu, exact: true }).click();
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name: item, exact: true }).click();
    return readFile(await (await coming).path());
  }

  /** Takes a file that stands on the page as a link. */
  async downloads(name: string | RegExp): Promise<Buffer> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name }).first().click();
    return readFile(await (await coming).path());
  }
}
