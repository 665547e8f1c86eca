import { expect, test } from "vitest";
import { turnstile } from "./turnstile";

test("lets so many through at once, the rest in turn, and sends away who finds the queue full", async () => {
  const pass = turnstile(2, 1);
  const doors: (() => void)[] = [];
  const order: number[] = [];
  const work = (n: number) =>
    pass(async () => {
      order.push(n);
      await new Promise<void>((done) => doors.push(done));
      return n;
    });
  const first = [work(1), work(2), work(3)];
  await expect(work(4)).rejects.toMatchObject({ code: "BUSY", retryAfter: 5 });
  expect(order).toEqual([1, 2]);
  doors[0]?.();
  await first[0];
  await Promise.resolve();
  expect(order).toEqual([1, 2, 3]);
  doors.forEach((open) => open());
  expect(await Promise.all(first)).toEqual([1, 2, 3]);
});

test("a failure inside leaves the place free", async () => {
  const pass = turnstile(1, 0);
  await expect(pass(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
  expect(await pass(() => Promise.resolve("y"))).toBe("y");
});
