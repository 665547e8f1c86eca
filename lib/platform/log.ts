import "server-only";
import { env } from "./env";

/** The only fields a log line may carry: nothing a person typed, nothing about a beneficiary. */
type LogFields = {
  requestId?: string;
  route?: string;
  method?: string;
  status?: number;
  ms?: number;
  code?: string;
  count?: number;
  reason?: string;
};

/** Where it broke, not what it said: messages of database errors quote the values they choked on. */
function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  return {
    error: error.name,
    ...(typeof code === "string" ? { sqlState: code } : {}),
    ...(env().NODE_ENV === "production" ? {} : { message: error.message }),
    at: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
  };
}

export function logInfo(event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), level: "info", event, ...fields }));
}

export function logError(event: string, error: unknown, fields: LogFields = {}): void {
  const line = { time: new Date().toISOString(), level: "error", event, ...fields };
  console.error(JSON.stringify({ ...line, ...traceOf(error) }));
}

/** Something outside did not go as it should: a torn cookie, an identity provider that says no. */
export function logWarning(event: string, error: unknown, fields: LogFields = {}): void {
  const line = { time: new Date().toISOString(), level: "warning", event, ...fields };
  console.warn(JSON.stringify({ ...line, ...traceOf(error) }));
}
