import { AppError, type AppErrorCode, type FieldErrors } from "@/lib/kernel/app-error";
import { shownFen } from "@/lib/kernel/money";

/** What the laws of the database (prisma/sql, SQLSTATE NZ…) mean to the application. */
const LAW_CODES: Record<string, AppErrorCode> = {
  NZ001: "VALIDATION",
  NZ003: "OWN_ENTRY",
  NZ004: "TRANSITION",
  NZ005: "YEAR_CLOSED",
  NZ006: "STALE",
  NZ007: "TRANSITION",
  NZ008: "INTERNAL",
  NZ009: "UNAUTHENTICATED",
  NZ010: "APPROVAL_LEVEL",
  NZ011: "CONFLICT",
  NZ012: "INTERNAL",
  NZ013: "FINDINGS",
  // insufficient_privilege: also what a row-level-security WITH CHECK answers
  "42501": "FORBIDDEN",
  "23514": "VALIDATION",
  "23505": "CONFLICT",
  "22003": "VALIDATION",
  "22021": "VALIDATION",
  "22P05": "VALIDATION",
  "40001": "BUSY",
  "40P01": "BUSY",
  "55P03": "BUSY",
  "57014": "BUSY",
  "53300": "BUSY",
  "57P01": "BUSY",
  "57P03": "BUSY",
};

const UNREACHABLE = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE"]);

/** The SQLSTATE of a refusal, or the system's word for why nobody answered. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const { code } = error;
  if (typeof code !== "string") return undefined;
  return code in LAW_CODES || UNREACHABLE.has(code) ? code : undefined;
}

type LawDetail = { records: string[]; values: Record<string, string> };

function detailOf(error: unknown): LawDetail | null {
  if (typeof error !== "object" || error === null || !("code" in error && "detail" in error))
    return null;
  return error.code === "NZ013" ? (JSON.parse(String(error.detail)) as LawDetail) : null;
}

/** The records that a law names where it refuses a set of them. */
export const recordsRefused = (error: unknown): readonly string[] => detailOf(error)?.records ?? [];

/** What the law says of the field it is about, where the database tells its values. */
function fieldErrorsOf(error: unknown): { fieldErrors?: FieldErrors } {
  const detail = detailOf(error);
  if (!detail) return {};
  const said = { key: "finding.over-received", values: shownFen(detail.values) };
  return { fieldErrors: { shares: [said] } };
}

/** Passes AppErrors through, translates what the database refused, leaves defects as they are. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const state = codeOf(error);
  if (state !== undefined) {
    const code = LAW_CODES[state] ?? "BUSY";
    return new AppError(code, {
      cause: error,
      ...(code === "BUSY" ? { retryAfter: 2 } : {}),
      ...fieldErrorsOf(error),
    });
  }
  const message = error instanceof Error ? error.message : "";
  if (
    /timeout exceeded when trying to connect|Query read timeout|Connection terminated|connection error and is not queryable/.test(
      message,
    )
  )
    return new AppError("BUSY", { cause: error, retryAfter: 2 });
  return error;
}
