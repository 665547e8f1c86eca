import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type Checked = { any: { data: unknown }[]; all: { data: unknown }[] };

/** A target that is small only because a sticky bar lies over it comes out from under it by scrolling. */
function isCovered({ any, all }: Checked): boolean {
  return [...any, ...all].some(({ data }) =>
    /"messageKey":"\w*[oO]bscured/.test(JSON.stringify(data)),
  );
}

/** WCAG 2.5.8 leaves out what stands in a sentence and is as high as its line: prose that is edited where it stands. */
const isInSentence = (rule: string, { html }: { html: string }) =>
  rule === "target-size" && /^<span [^>]*contenteditable="true"/.test(html);

/** Never more than moderate, and dear on a page of many cells. */
const MODERATE = ["region", "landmark-unique", "form-field-multiple-labels", "empty-heading"];
/** The rows of a table are drawn by one component: those above this one stand for the rest. */
const REST_OF_ROWS = "tbody > tr:nth-of-type(n + 7)";

/**
 * No serious or critical finding of axe, WCAG 2.2 A and AA. Without frames the one-page mode finds the same in less than half the time.
 * `contrast: false` where the same colours were measured already: it is half of what axe costs.
 */
export async function expectAccessible(page: Page, { contrast = true } = {}): Promise<void> {
  expect(page.frames(), "frames, which the one-page mode does not look into").toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .disableRules(contrast ? MODERATE : [...MODERATE, "color-contrast"])
    .exclude(REST_OF_ROWS)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes
        .filter((node) => !isCovered(node) && !isInSentence(id, node))
        .map((node) => node.target.join(" ")),
    }))
    .filter(({ where }) => where.length > 0);
  // Soft: one run names every page that fails, not the first alone.
  expect.soft(serious, page.url()).toEqual([]);
}

/** Nothing sticks out of the window to the side: the page itself never scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const culprits = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("main *")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map(({ tagName, className, textContent }) => `${tagName} ${className} ${textContent}`);
    return [`${scrollWidth - clientWidth} px`, ...wide.map((what) => what.slice(0, 80))].slice(
      0,
      5,
    );
  });
  expect.soft(culprits, `${page.url()} at ${page.viewportSize()?.width}`).toEqual([]);
}
