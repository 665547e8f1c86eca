import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type pg from "pg";

/** What processes used, from Linux's own books; elsewhere there are none, and the columns stay empty. */

const TICK_MS = 10;

/** The fields after the command, which may hold spaces: [0] is the state, [1] the parent. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  } catch {
    return [];
  }
}

const ticks = (stat: string[], from: number, to: number) =>
  stat.slice(from, to).reduce((sum, field) => sum + Number(field), 0) * TICK_MS;

/** All threads of one process, in ms. */
export function cpuOf(pid: number): number {
  return existsSync("/proc/self/stat") ? ticks(statOf(pid), 11, 13) : Number.NaN;
}

/** The server's main process: the parent of whoever answers us. */
export async function postmasterOf(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return Number(statOf(rows[0]?.pid ?? 0)[1] ?? 0);
}

/** The whole of Postgres in ms: backends that live, and those that ended and were counted to their parent. */
export function cpuOfPostgres(postmaster: number): number {
  if (!existsSync("/proc/self/stat") || postmaster === 0) return Number.NaN;
  const ended = ticks(statOf(postmaster), 11, 15);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => Number(stat[1]) === postmaster)
    .reduce((sum, stat) => sum + ticks(stat, 11, 13), ended);
}

/** Forgets the peak so far; what peakMb() then answers is the peak since. */
export function forgetPeak(pid: number): void {
  if (existsSync(`/proc/${pid}/clear_refs`)) writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function memoryMb(pid: number, name: "VmHWM" | "VmRSS"): number {
  if (!existsSync(`/proc/${pid}/status`)) return Number.NaN;
  const line = new RegExp(`${name}:\\s+(\\d+) kB`).exec(
    readFileSync(`/proc/${pid}/status`, "utf8"),
  );
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

export const peakMb = (pid: number): number => memoryMb(pid, "VmHWM");
export const residentMb = (pid: number): number => memoryMb(pid, "VmRSS");
