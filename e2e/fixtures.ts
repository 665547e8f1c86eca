import { expect, test as base } from "@playwright/test";

/**
 * Every journey runs with this test: an error in the browser's console, an uncaught exception or an
 * answer of 500 and above fails it, whatever else it checked.
 */
export const test = base.extend<{ quietBrowser: void }>({
  quietBrowser: [
    async ({ context }, use) => {
      const problems: string[] = [];
      context.on("console", (message) => {
        // The browser itself logs every 4xx answer; journeys provoke those on purpose.
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          problems.push(`console: ${message.text()} (${message.page()?.url() ?? ""})`);
      });
      context.on("weberror", (error) => problems.push(`uncaught: ${error.error().message}`));
      context.on("response", (response) => {
        if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`);
      });
      await use();
      expect(problems, "the browser had nothing to complain of").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
