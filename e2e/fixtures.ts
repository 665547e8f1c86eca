import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  type Response,
  test as base,
} from "@playwright/test";
import { ApiActor, type Cookies, signedInCookies } from "@/e2e/actors/api";
import { Person } from "@/e2e/actors/person";

type Desk = BrowserContextOptions & { unit?: "yuan" | "wan"; locale?: "zh-CN" | "en" };

type Fixtures = {
  /** What a browser complains of and a journey provokes on purpose, e.g. a line that was cut. */
  provoked: RegExp[];
  problems: string[];
  /** A browser of its own for somebody, signed in. */
  at: (username: string, desk?: Desk) => Promise<Person>;
  /** Somebody who uses the open API. */
  over: (username: string) => Promise<ApiActor>;
};
type WorkerFixtures = {
  /**
   * One sign-in an account, file and worker: what reaches far asks a sign-in of ten minutes ago for
   * its password again. Only journeys about signing in sign in themselves.
   */
  cookiesOf: (username: string, baseURL: string, file: string) => Promise<Cookies>;
};

/**
 * On a machine without a Chinese font ours comes after the page can be used, and words grow as it does: a button that
 * moves between press and release is not clicked. So a page that was gone to is waited for until its letters are there.
 */
function awaitLetters(page: Page): Page {
  const goTo = page.goto.bind(page);
  page.goto = async (address, options) => {
    const response = await goTo(address, options);
    if (options?.waitUntil !== "commit")
      await page
        .waitForFunction(
          () => {
            const context = document.createElement("canvas").getContext("2d");
            if (context) context.font = "20px system-ui, sans-serif";
            const hasOwn = (context?.measureText("永").width ?? 20) > 19;
            // its rules come first, and then what of them is on the page
            const come = document.fonts.size > 20 && document.fonts.status === "loaded";
            const looks = globalThis as { lettersSeen?: number };
            looks.lettersSeen = come ? (looks.lettersSeen ?? 0) + 1 : 0;
            return hasOwn || looks.lettersSeen > 2;
          },
          undefined,
          { timeout: 5_000, polling: 60 },
        )
        // without script none come
        .catch(() => undefined);
    return response;
  };
  return page;
}

/** Too busy for now: the page asks again by itself, and a journey that does not get through fails as it is. */
const isAskedAgain = (response: Response) =>
  response.status() === 503 &&
  response.url().includes("/api/v1/") &&
  response.headers()["retry-after"] !== undefined;

function watch(context: BrowserContext, problems: string[]): void {
  context.on("console", (message) => {
    // The browser itself logs every 4xx answer, which journeys provoke on purpose, and every 503, which is seen below.
    if (message.type() === "error" && !/status of (4\d\d|503)/.test(message.text()))
      problems.push(`console: ${message.text()} (${message.page()?.url() ?? ""})`);
  });
  context.on("weberror", (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 500 && !isAskedAgain(response))
      problems.push(`${response.status()} ${response.url()}`);
  });
}

/**
 * Every journey runs with this test: an error in the browser's console, an uncaught exception or an
 * answer of 500 and above fails it, whatever else it checked.
 */
export const test = base.extend<Fixtures, WorkerFixtures>({
  cookiesOf: [
    async ({}, use) => {
      const known = new Map<string, Promise<Cookies>>();
      await use((username, baseURL, file) => {
        const key = `${username} ${file}`;
        const cookies = known.get(key) ?? signedInCookies(baseURL, username);
        known.set(key, cookies);
        return cookies;
      });
    },
    { scope: "worker" },
  ],
  provoked: async ({}, use) => {
    await use([]);
  },
  problems: [
    async ({ provoked }, use) => {
      const problems: string[] = [];
      await use(problems);
      const unprovoked = problems.filter((said) => !provoked.some((pattern) => pattern.test(said)));
      expect(unprovoked, "the browser had nothing to complain of").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, problems }, use) => {
    watch(context, problems);
    context.on("page", awaitLetters);
    await use(context);
  },
  at: async ({ browser, baseURL, cookiesOf, problems }, use, { file }) => {
    const home = baseURL ?? "";
    const desks: BrowserContext[] = [];
    await use(async (username, { unit = "yuan", locale = "zh-CN", ...options } = {}) => {
      const desk = await browser.newContext({
        ...options,
        storageState: await cookiesOf(username, home, file),
      });
      desks.push(desk);
      desk.on("page", awaitLetters);
      await desk.addCookies([
        { name: "nz-unit", value: unit, url: home },
        { name: "nz-locale", value: locale, url: home },
      ]);
      watch(desk, problems);
      return new Person(await desk.newPage());
    });
    for (const desk of desks) await desk.close();
  },
  over: async ({ baseURL, cookiesOf }, use, { file }) => {
    const home = baseURL ?? "";
    const actors: ApiActor[] = [];
    await use(async (username) => {
      const actor = await ApiActor.with(home, await cookiesOf(username, home, file));
      actors.push(actor);
      return actor;
    });
    for (const actor of actors) await actor.dispose();
  },
});

export { expect };
