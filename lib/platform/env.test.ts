import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

async function readWith(number: string): Promise<string | undefined> {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://localhost/nuanzhang");
  vi.stubEnv("NEXTAUTH_SECRET", "s".repeat(32));
  vi.stubEnv("NUANZHANG_CHECKPOINT_KEY", "k".repeat(32));
  vi.stubEnv("MAP_REVIEW_NUMBER", number);
  const { env } = await import("./env");
  return env().MAP_REVIEW_NUMBER;
}

test("a review number stands as it was given, and none is none", async () => {
  expect(await readWith(" 青S（2024）012号 ")).toBe("青S（2024）012号");
  expect(await readWith("")).toBe("");
});

test("a server with a malformed review number does not start, and says why", async () => {
  await expect(readWith("审图号 012")).rejects.toThrow(
    /只填审图号本身.*GS（2024）0650号[\s\S]*MAP_REVIEW_NUMBER/,
  );
});
