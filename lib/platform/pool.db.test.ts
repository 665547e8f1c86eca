import { connect, createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();

/** A line to the database that can go dead: nothing arrives, nothing is closed. */
const dead = new Set<Socket>();
const open = new Set<Socket>();
const line = createServer((near) => {
  const { hostname, port } = new URL(database.url);
  const far = connect({ host: hostname, port: Number(port) });
  open.add(near).add(far);
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on("data", (chunk) => void (dead.has(near) || to.write(chunk)));
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
  }
  near.on("close", () => open.delete(near));
});

beforeAll(async () => {
  await new Promise<void>((done) => line.listen(0, "127.0.0.1", done));
  const through = new URL(database.url);
  through.searchParams.delete("host");
  through.host = `127.0.0.1:${(line.address() as AddressInfo).port}`;
  vi.stubEnv("DATABASE_URL", through.href);
});
afterAll(async () => {
  const { closeDb } = await import("./db");
  for (const socket of open) socket.destroy();
  await closeDb();
  line.close();
  vi.unstubAllEnvs();
});

test("ten lines that have gone dead are given up: readiness answers meanwhile, and the pool afterwards", async () => {
  const { callGuard } = await import("./guard");
  const { sql } = await import("./db");
  const { readiness } = await import("./readiness");
  const ask = () => callGuard<{ one: number }>(sql`SELECT 1 AS one`);
  const all = () => Promise.allSettled(Array.from({ length: 10 }, ask));
  await all();
  for (const socket of open) dead.add(socket);
  const asked = all();
  await expect(readiness()).resolves.toEqual({ status: "ready" });
  const refused = await asked;
  expect(refused.map((r) => (r.status === "rejected" ? (r.reason as { code: string }).code : "answered"))).toEqual(Array(10).fill("BUSY")); // prettier-ignore
  expect(await ask()).toEqual([{ one: 1 }]);
}, 30_000);
