import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSealed, type SealedCopy } from "@/lib/browser/sealed-copy";
import { Screen } from "@/testing/screen";
import { UnfinishedCard } from "./unfinished-card";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh }),
  usePathname: () => "/workbench",
}));

const PERSON = "7b1f0c8e-0000-4000-8000-000000000001";
const copy = (more: Partial<SealedCopy>): SealedCopy => ({
  ...{ subject: "12", writer: "one", title: "花名册（记录 12）", baseVersion: 3 },
  ...{ at: "2026-11-27T00:00:00.000Z", keyId: "aa", iv: "AAAA", text: "BBBB", ...more },
});

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("fetch", vi.fn());
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("a roster that was typed here stands among the unfinished, once a record, and is discarded here alone", async () => {
  keepSealed(PERSON, copy({}));
  keepSealed(PERSON, copy({ writer: "two", at: "2026-11-27T01:00:00.000Z" }));
  keepSealed(PERSON, copy({ subject: "13", title: "花名册（记录 13）" }));
  keepSealed("another", copy({ subject: "14", title: "花名册（记录 14）" }));
  render(<UnfinishedCard userId={PERSON} copies={[]} />, { wrapper: Screen });
  const links = screen.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")]); // prettier-ignore
  expect(links).toEqual([
    ["花名册（记录 12）", "/disbursements/12/roster"],
    ["花名册（记录 13）", "/disbursements/13/roster"],
  ]);
  expect(screen.getAllByText("只在这台电脑上")).toHaveLength(2);
  fireEvent.click(screen.getByRole("button", { name: "删去未完成的“花名册（记录 12）”" }));
  fireEvent.click(await screen.findByRole("button", { name: "删去" }));
  await waitFor(() => expect(screen.getAllByRole("link")).toHaveLength(1));
  expect(Object.keys(localStorage).sort()).toEqual(["nz-sealed:7b1f0c8e-0000-4000-8000-000000000001:13:one", "nz-sealed:another:14:one"]); // prettier-ignore
  expect(fetch).not.toHaveBeenCalled();
});

test("where nothing is unfinished there is no card", () => {
  const { container } = render(<UnfinishedCard userId={PERSON} copies={[]} />, { wrapper: Screen });
  expect(container.textContent).toBe("");
});
