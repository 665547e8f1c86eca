import { expect, type Page } from "@playwright/test";

/** The name of what has the focus, as a screen reader would say it. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element) return "";
    const label = element.id
      ? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)
      : null;
    return (
      element.getAttribute("aria-label") ??
      label?.textContent ??
      element.closest("label")?.textContent ??
      element.textContent ??
      ""
    ).trim();
  });
}

/** Somebody without a mouse: nothing here clicks, and nothing is given the focus but by a key. */
export class Keyboard {
  /** How many keys so far: what a form asks of the hands. */
  pressed = 0;

  constructor(private readonly page: Page) {}

  async press(key: string, times = 1): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      this.pressed += 1;
      await this.page.keyboard.press(key);
    }
  }

  type(text: string): Promise<void> {
    this.pressed += text.length;
    return this.page.keyboard.type(text);
  }

  /** Goes on with a key until the focus is on what is named so. */
  async reach(name: string | RegExp, key = "Tab", most = 60): Promise<void> {
    const found = async () => {
      const now = await focusedName(this.page);
      return typeof name === "string" ? now === name : name.test(now);
    };
    for (let count = 0; count < most; count += 1) {
      if (await found()) return;
      await this.press(key);
      // A combobox lets go of its Enter first and moves on in the next turn.
      await this.page.evaluate(() => new Promise((done) => setTimeout(done)));
    }
    expect(await focusedName(this.page), `${most} times ${key} lead to it`).toMatch(name);
  }

  async isOn(name: string | RegExp): Promise<void> {
    await expect.poll(() => focusedName(this.page)).toMatch(name);
  }
}
