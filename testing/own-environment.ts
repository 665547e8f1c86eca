import { vi } from "vitest";
import { forgetEnv } from "@/lib/platform/env";

/**
 * Files of one worker follow each other in one process, so that what they import is read and compiled once. Each begins
 * with the variables that the run was given, whatever the one before it laid down.
 */
const holder = globalThis as typeof globalThis & { nuanzhangGiven?: NodeJS.ProcessEnv };

vi.unstubAllEnvs();
holder.nuanzhangGiven ??= { ...process.env };
for (const name of Object.keys(process.env))
  if (!(name in holder.nuanzhangGiven)) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, holder.nuanzhangGiven);
forgetEnv();
