import { AppError, type AppErrorCode, type SaidErrors } from "@/lib/kernel/app-error";
import type { SaidValue } from "@/lib/kernel/spoken";

/** What the laws of the database (prisma/sql, SQLSTATE NZ…) mean to the application. */
const LAWS = {
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
  NZ014: "OPENED",
  NZ015: "SECOND_ADMINISTRATOR",
  NZ016: "VALIDATION",
  NZ017: "PASSED_ON",
  NZ018: "SAME_SPENDING",
  NZ019: "HAS_MONEY",
  NZ020: "FINDINGS",
  NZ021: "RATE_LIMITED",
  NZ022: "BUSY",
  NZ023: "STEP_UP",
  NZ041: "HAS_FILE",
  NZ043: "FINDINGS",
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
} satisfies Record<string, AppErrorCode>;
const LAW_CODES = new Map<string, AppErrorCode>(Object.entries(LAWS));

/**
 * Classes of states in which the server decided nothing: the line broke (08), it is out of space, memory or
 * connections (53), somebody is stopping or starting it (57), its disk fails (58).
 */
const SERVER_TROUBLE = /^(08(?!P01)|53|57|58)[0-9A-Z]{3}$/;
/** What took too long takes as long a moment later: whoever asks by themselves does not ask again at once. */
const TOOK_TOO_LONG = "57014";
/** A standby that has not been promoted yet, or a server that was set so for lack of space. */
const READ_ONLY = "25006";

const UNREACHABLE = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE"]);

const CUT_OFF =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|connection error and is not queryable/;

/** The SQLSTATE of a refusal, or the system's word for why nobody answered. */
function stateOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  // a server that stopped took its socket with it: nobody listens there
  if (error.code === "ENOENT" && "syscall" in error && error.syscall === "connect")
    return "ECONNREFUSED";
  return typeof error.code === "string" ? error.code : "";
}

function codeOf(error: unknown): AppErrorCode | undefined {
  const state = stateOf(error);
  const law = LAW_CODES.get(state);
  if (law) return law;
  const troubled = SERVER_TROUBLE.test(state) || state === READ_ONLY || UNREACHABLE.has(state);
  return troubled || (error instanceof Error && CUT_OFF.test(error.message)) ? "BUSY" : undefined;
}

type LawDetail = { records: string[]; values: Record<string, SaidValue>; leftFen: string };

type ClaimDetail = { records: string[]; lines: number[]; count: number };

/** Why a submission was refused for what stands elsewhere; wherever in a chain of causes the database says it. */
export function claimRefusalOf(error: unknown): { record: string; lines: number } | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ("code" in at && at.code === "NZ020" && "detail" in at) {
      const { records, count } = JSON.parse(String(at.detail)) as ClaimDetail;
      return { record: records[0] ?? "", lines: count };
    }
  return null;
}

type FileDetail = {
  organisation: number;
  elsewhere: number;
  people: { no: number; code: string | null }[];
};

function fileDetailOf(error: unknown): FileDetail | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ("code" in at && at.code === "NZ041" && "detail" in at)
      return JSON.parse(String(at.detail)) as FileDetail;
  return null;
}

/** That a file was refused for one elsewhere; null where all that stood in its way is within reach. */
export function fileRefusalOf(error: unknown): { organisation: number; people: number } | null {
  const detail = fileDetailOf(error);
  return detail && detail.elsewhere > 0
    ? { organisation: detail.organisation, people: detail.elsewhere }
    : null;
}

/** Of a file within reach its code, of another one that there is one: by member of the asker's own file. */
function fileErrors(error: unknown): SaidErrors | null {
  const detail = fileDetailOf(error);
  if (!detail) return null;
  const said = detail.people.map(({ no, code }) => [
    `members.${no - 1}.idNumber`,
    [code === null ? { key: "hasFileElsewhere" } : { key: "hasFile", values: { code } }],
  ]);
  return Object.fromEntries(said) as SaidErrors;
}

/** Of whom, where and when nothing is told: which lines of one's own roster, and how many in all. */
function claimErrors(error: unknown): SaidErrors | null {
  if (!(error instanceof Error && "code" in error && error.code === "NZ020" && "detail" in error))
    return null;
  const { lines, count } = JSON.parse(String(error.detail)) as ClaimDetail;
  const values = { where: "elsewhere", lines: lines.join(", "), count, references: "" };
  return { roster: [{ key: "finding.aided-twice", values }] };
}

type NoticeDetail = { records: string[]; values: Record<string, SaidValue> };

/** What a record lacks of the notice that its programme asks for. */
function noticeDetailOf(error: unknown): NoticeDetail | null {
  if (!(error instanceof Error && "code" in error && error.code === "NZ043" && "detail" in error))
    return null;
  return JSON.parse(String(error.detail)) as NoticeDetail;
}

function noticeErrors(error: unknown): SaidErrors | null {
  const detail = noticeDetailOf(error);
  return detail && { notice: [{ key: "finding.notice-missing", values: detail.values }] };
}

function detailOf(error: unknown): LawDetail | null {
  if (typeof error !== "object" || error === null || !("code" in error && "detail" in error))
    return null;
  return error.code === "NZ013" ? (JSON.parse(String(error.detail)) as LawDetail) : null;
}

/** The records that a law names where it refuses a set of them. */
export function recordsRefused(error: unknown): readonly string[] {
  const claim = claimRefusalOf(error);
  if (claim) return [claim.record];
  return (noticeDetailOf(error) ?? detailOf(error))?.records ?? [];
}

/** What the law says of the field it is about, where the database tells its values. */
function fieldErrorsOf(error: unknown): { fieldErrors?: SaidErrors } {
  const claims = claimErrors(error) ?? fileErrors(error) ?? noticeErrors(error);
  if (claims) return { fieldErrors: claims };
  const detail = detailOf(error);
  if (!detail) return {};
  const said = { key: "finding.over-received", values: detail.values };
  const left = { key: "leftOfSource", values: { leftFen: detail.leftFen } };
  return { fieldErrors: { shares: [said, left] } };
}

/** Passes AppErrors through, translates what the database refused, leaves defects as they are. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  return new AppError(code, {
    cause: error,
    ...(code === "BUSY" ? { retryAfter: stateOf(error) === TOOK_TOO_LONG ? 30 : 2 } : {}),
    ...(code === "RATE_LIMITED" ? { retryAfter: 3600 } : {}),
    ...fieldErrorsOf(error),
  });
}

/** Why the database takes nothing in although it answers; undefined where that is not so. */
export function whyItTakesNothing(error: unknown): "full" | "read-only" | undefined {
  const state = stateOf(error instanceof AppError ? error.cause : error);
  if (state === READ_ONLY) return "read-only";
  return /^53(000|100|200)$|^58030$/.test(state) ? "full" : undefined;
}

/** The line was cut, or the server is just coming up: whoever only reads may ask once more. */
export function wasCutOff(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  const state = stateOf(cause);
  // a socket says EPIPE where loopback says ECONNRESET
  const isLineCut = ["ECONNRESET", "ECONNREFUSED", "EPIPE"].includes(state);
  if (isLineCut || /^57P0[123]$|^08(?!P01)/.test(state)) return true;
  return cause instanceof Error && /Connection terminated|is not queryable/.test(cause.message);
}
