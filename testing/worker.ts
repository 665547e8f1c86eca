import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import type { TestDatabase } from "./database";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export type TestWorker = {
  /** kill -9: no signal handler runs, the database sees its connections close. */
  kill: () => Promise<void>;
  /** As the launcher ends it; answers the exit code. */
  stop: () => Promise<number | null>;
};

async function ended(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
  return child.exitCode;
}

/** The real worker in a process of its own, on the test file's database; resolves when it takes jobs. */
export async function testWorker(database: TestDatabase): Promise<TestWorker> {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", tsx, "worker.ts"],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        NODE_ENV: "development",
        DATABASE_URL: database.workerUrl,
        DATABASE_WORKER_URL: database.workerUrl,
      },
    },
  );
  let said = "";
  child.stdout?.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (said += text.toString()));
  afterAll(() => ended(child, "SIGKILL"));
  const failed = once(child, "exit").then(() => Promise.reject(new Error(`no worker: ${said}`)));
  await Promise.race([once(child, "message"), failed]);
  failed.catch(() => undefined);
  return {
    kill: async () => void (await ended(child, "SIGKILL")),
    stop: () => ended(child, "SIGTERM"),
  };
}
