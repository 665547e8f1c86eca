declare global {
  var nzEarlyPresses: HTMLElement[] | undefined;
}

/**
 * Runs before anything else of the page. Until React has come to a button (it marks what it has come to), a press is heard
 * by nobody, and a form would be sent by the browser, with all it holds in the address. What React comes to for the sake
 * of the press itself it hears; what it has not come to when the press is over is held back. Each button presses itself
 * when it listens (components/ui/early).
 */
export const HELD_BACK = `(() => {
  globalThis.nzEarlyPresses = [];
  const listens = (node) => Object.keys(node).some((name) => name.startsWith("__reactProps$"));
  const hold = (node) => setTimeout(() => listens(node) || globalThis.nzEarlyPresses.push(node));
  addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[type=button]") : null;
    if (button && !listens(button)) hold(button);
  }, true);
  addEventListener("submit", (event) => {
    if (event.target.hasAttribute("action") || listens(event.target)) return;
    event.preventDefault();
    hold(event.target);
  }, true);
})()`;

/** What a script of our own carries, of the policy that its page was given. */
export const nonceOf = (policy: string | null): string | undefined =>
  /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
