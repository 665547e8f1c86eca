import "server-only";
import { closeDb, sql } from "./db";
import { guardTheDoor, requestsUnderWay, seeEverybodyOut, type MethodsAt } from "./door";
import { AppError } from "@/lib/kernel/app-error";
import { env } from "./env";
import { callGuard } from "./guard";
import { meetKeys } from "./key-check";
import { closePublic } from "./public-db";
import { closeSignIn } from "./sign-in-db";

const SECOND = 1000;
const DRAIN_MS = 8 * SECOND;

let stopping = false;

/** Accounts with a printed password belong to the demonstration alone. */
async function refuseDemoAccounts(): Promise<void> {
  if (env().NODE_ENV !== "production" || env().NUANZHANG_EMBEDDED) return;
  const found = await callGuard<{ username: string }>(
    sql`SELECT username FROM guard.demo_accounts() LIMIT 1`,
  ).catch(() => []);
  if (found.length > 0)
    throw new Error(
      "Configuration: 这个数据库里有演示账号，不能用于正式运行。This database holds demo accounts and cannot serve in production.",
    );
}

/** A database that does not answer yet is no wrong key: readiness says so, and the worker asks once more. */
async function meetKeysIfReached(): Promise<void> {
  await meetKeys().catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === "BUSY")) throw error;
  });
}

async function drain(): Promise<void> {
  if (stopping) return;
  stopping = true;
  seeEverybodyOut();
  const deadline = Date.now() + DRAIN_MS;
  while (requestsUnderWay() > 0 && Date.now() < deadline)
    await new Promise((done) => setTimeout(done, 50));
  await Promise.all([closeDb(), closeSignIn(), closePublic()]);
}

async function startUp(methodsAt: MethodsAt): Promise<void> {
  env();
  guardTheDoor(methodsAt);
  await refuseDemoAccounts();
  await meetKeysIfReached();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void drain());
}

/** A server that must not run says why in a sentence and leaves. */
export async function startOrLeave(methodsAt: MethodsAt): Promise<void> {
  await startUp(methodsAt).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`未能启动 Not started. ${reason}\n`);
    process.exit(1);
  });
}
