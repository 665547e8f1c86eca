import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("safePath", () => {
  it.each([
    "/",
    "/workbench",
    "/ledger?year=2024&org=630123",
    "/entry/5#amount",
    "/帮助",
    `/${"a".repeat(1999)}`,
  ])("goes to %s", (path) => expect(safePath(path)).toBe(path));

  it.each([
    "",
    "workbench",
    "//evil.example",
    "/\\evil.example",
    "/a\\b",
    "https://evil.example",
    "javascript:alert(1)",
    "/a\nb",
    "/\t/evil.example",
    "/\u0000",
    "/\u001f",
    "/a\u007f",
    `/${"a".repeat(2001)}`,
    null,
    undefined,
  ])("stays at home for %j", (path) => expect(safePath(path)).toBe("/"));
});
