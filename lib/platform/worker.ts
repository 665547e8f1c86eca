import "server-only";
import { randomInt } from "node:crypto";
import { Logger, parseCronItems, run, type CronItem, type Runner } from "graphile-worker";
import type pg from "pg";
import { AppError } from "@/lib/kernel/app-error";
import { closeDb, sql, type JobRun } from "./db";
import { logError, logInfo } from "./log";
import { callWorker, holdLife, workerPool } from "./worker-db";

const SECOND = 1000;

type JobWords = { key: string; values?: Record<string, string | number> };

/** What the work of a job is given. */
export type Running = JobRun & {
  readonly askedBy: string | null;
  readonly input: unknown;
  /** Says how far it is (percent); throws where the job is to stop. Call it between steps of the work. */
  readonly report: (percent: number, words: JobWords) => Promise<void>;
};
export type Work = (running: Running) => Promise<void>;
/** Jobs that nobody asks for: kind, and when (crontab, UTC). */
export type Schedule = readonly { kind: string; at: string }[];

/** The job was cancelled, or its person disabled: nothing more to do, and nothing to tell. */
class Stopped extends Error {}
/** This worker ends: another will begin the job anew. */
class Leaving extends Error {}

type Started = { token: string; kind: string; asked_by: string | null; input: unknown };

const silent = new Logger(() => (level, message) => {
  if (level === "error")
    logError("queue.error", new Error(message), { reason: message.slice(0, 200) });
});

// What the person may not do (any more) will not go better a second time.
const FINAL: readonly string[] = ["FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND", "VALIDATION"];

/** One worker: takes jobs from the queue, does the housekeeping, and lives until it is told to stop. */
class JobWorker {
  readonly key = randomInt(1, 2 ** 31 - 1);
  private leaving = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly works: Readonly<Record<string, Work>>,
  ) {}

  leave(): void {
    this.leaving = true;
  }

  /** Does `work` again and again, each time as long after the last as it asks for. */
  repeat(name: string, work: () => Promise<number>): void {
    const turn = async () => {
      if (this.leaving) return;
      let wait = 10 * SECOND;
      try {
        wait = await work();
      } catch (error) {
        if (!(error instanceof AppError && error.code === "BUSY"))
          logError(`${name}.failed`, error);
      }
      setTimeout(turn, wait).unref();
    };
    void turn();
  }

  /** Readers add unfolded deltas themselves, so folding late costs time, never truth. */
  async fold(): Promise<number> {
    const [row] = await callWorker<{ taken: number }>(
      this.pool,
      sql`SELECT guard.fold_figures(20000) AS taken`,
    );
    return row && row.taken > 0 ? SECOND : 2 * SECOND;
  }

  async revive(): Promise<number> {
    const [row] = await callWorker<{ count: number }>(
      this.pool,
      sql`SELECT guard.revive_jobs() AS count`,
    );
    if (row && row.count > 0) logInfo("jobs.revived", { count: row.count });
    return 10 * SECOND;
  }

  /** A scheduled moment has come: the job is asked for like any other. */
  async ask(kind: string): Promise<void> {
    await callWorker(this.pool, sql`SELECT guard.ask_system_job(${kind})`);
  }

  private running(jobId: string, { token, asked_by, input }: Started): Running {
    const report: Running["report"] = async (percent, { key, values = {} }) => {
      if (this.leaving) throw new Leaving();
      const [row] = await callWorker<{ on: boolean }>(
        this.pool,
        sql`SELECT guard.report_job(${token}, ${Math.trunc(percent)}::int, ${key}, ${JSON.stringify(values)}::jsonb) AS on`,
      );
      if (!row?.on) throw new Stopped();
    };
    return { jobId, token, askedBy: asked_by, input, report };
  }

  /** Throws where the queue is to try again. */
  async perform(jobId: string): Promise<void> {
    const [started] = await callWorker<Started>(
      this.pool,
      sql`SELECT * FROM guard.start_job(${jobId}::bigint, ${this.key}::int)`,
    );
    if (!started) return;
    const work = this.works[started.kind];
    try {
      if (!work) throw new AppError("NOT_FOUND");
      await work(this.running(jobId, started));
    } catch (error) {
      await this.settle(started.token, error);
    }
  }

  private async settle(token: string, error: unknown): Promise<void> {
    if (error instanceof Stopped) return;
    const code = error instanceof AppError ? error.code : "INTERNAL";
    if (error instanceof Leaving) {
      await callWorker(this.pool, sql`SELECT guard.release_job(${token})`);
      throw error;
    }
    const final = FINAL.includes(code);
    if (code === "INTERNAL") logError("job.failed", error);
    const [row] = await callWorker<{ status: string | null }>(
      this.pool,
      sql`SELECT guard.fail_job(${token}, ${final ? "notAllowed" : "failed"}, ${!final}) AS status`,
    );
    if (row?.status === "WAITING") throw error;
  }
}

function cronItems(schedule: Schedule): CronItem[] {
  return schedule.map(({ kind, at }) => ({
    task: "ask",
    match: at,
    identifier: kind,
    payload: { kind },
    // a server that slept through the night makes up for it when it wakes
    options: { backfillPeriod: 20 * 3600 * SECOND },
  }));
}

function serveQueue(worker: JobWorker, pool: pg.Pool, schedule: Schedule): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: 2,
    pollInterval: 2 * SECOND,
    noHandleSignals: true,
    logger: silent,
    parsedCronItems: parseCronItems(cronItems(schedule)),
    taskList: {
      job: (payload) => worker.perform((payload as { jobId: string }).jobId),
      ask: (payload) => worker.ask((payload as { kind: string }).kind),
    },
  });
}

export type RunningWorker = {
  /** Resolves when the worker has ended by itself: its connection broke, or the queue gave up. */
  lost: Promise<void>;
  /** Lets what runs come to its next step, gives it back to the queue, and closes every connection. */
  stop: () => Promise<void>;
};

export async function startWorker(
  works: Readonly<Record<string, Work>>,
  schedule: Schedule,
): Promise<RunningWorker> {
  const pool = workerPool();
  const worker = new JobWorker(pool, works);
  const life = await holdLife(worker.key);
  worker.repeat("revive", () => worker.revive());
  worker.repeat("fold", () => worker.fold());
  const runner = await serveQueue(worker, pool, schedule);
  const gaveUp = runner.promise.catch((error: unknown) => logError("queue.lost", error));
  return {
    lost: Promise.race([life.lost, gaveUp]),
    stop: async () => {
      worker.leave();
      await runner.stop().catch(() => undefined);
      await life.end();
      await closeDb();
      await pool.end();
    },
  };
}
