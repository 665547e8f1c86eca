import { expect, it } from "vitest";
import { samePageForOwn } from "./own-place";

it.each([
  ["/ledger?org=630000&year=2024", "/ledger?year=2024"],
  ["/dashboard?org=630100", "/dashboard"],
  ["/explain?year=2024&organisation=630123&month=8&cursor=x&trail=y", "/explain?year=2024&month=8"],
  ["/ledger?prefecture=630100&q=%E6%85%B0%E9%97%AE", "/ledger?q=%E6%85%B0%E9%97%AE"],
])("%s is %s for everybody else", (path, own) => expect(samePageForOwn(path)).toBe(own));

it.each(["/ledger", "/ledger?year=2024&cursor=x", "/disbursements/42", "/", ""])(
  "%s names no place",
  (path) => expect(samePageForOwn(path)).toBeNull(),
);
