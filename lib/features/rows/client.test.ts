import { afterEach, expect, test, vi } from "vitest";
import { copyRows } from "./client";

afterEach(() => vi.unstubAllGlobals());

test("asks for what one organisation paid then", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(Response.json({ items: [], more: false }));
  });
  await copyRows(
    { organisation: "630123", programme: "love-breakfast", year: 2026, month: 8, by: "month" },
    new AbortController().signal,
  );
  expect(asked).toEqual([
    "/api/v1/disbursements/rows?organisation=630123&programme=love-breakfast&year=2026&month=8&by=month",
  ]);
});
