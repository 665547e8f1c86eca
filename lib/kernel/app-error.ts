import type { SaidValue } from "./spoken";

/** Every way a request can fail that is not a defect, with its HTTP status. */
export const APP_ERROR_STATUS = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  OWN_ENTRY: 403,
  APPROVAL_LEVEL: 403,
  /** Two administrators do this together: one asks, another one confirms. */
  SECOND_ADMINISTRATOR: 403,
  /** Who sits there shows the password or a code once more (POST /me/proof), then the same request is sent again. */
  STEP_UP: 403,
  ORIGIN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  /** The page was opened by somebody else than who is signed in now. */
  PERSON: 409,
  STALE: 409,
  TRANSITION: 409,
  YEAR_CLOSED: 409,
  OPENED: 409,
  /** Of an allotment something was passed down or carried over: that is voided first. */
  PASSED_ON: 409,
  /** Another project that stands has some of the same spending: organisation, year, source and programme. */
  SAME_SPENDING: 409,
  /** Money arrived for a project: that is voided first. */
  HAS_MONEY: 409,
  ROSTER_CHANGED: 409,
  NOTICE_OPEN: 409,
  UNREADABLE: 409,
  /** Somebody in a household file is held by another one already. */
  HAS_FILE: 409,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  FINDINGS: 422,
  /** Lines of a roster cannot be right; named by line and field. */
  LINES: 422,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  BUSY: 503,
} as const;

export type AppErrorCode = keyof typeof APP_ERROR_STATUS;

/** Dotted path of a field → message keys of the `errors` namespace, with values for the sentence. */
export type FieldError = {
  readonly key: string;
  readonly values?: Record<string, string | number>;
};
export type FieldErrors = Record<string, FieldError[]>;
/** The same as a refusal carries it: what has a code may come with its names. */
export type SaidError = { readonly key: string; readonly values?: Record<string, SaidValue> };
export type SaidErrors = Record<string, SaidError[]>;

export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly fieldErrors: SaidErrors | undefined;
  /** Seconds after which a retry makes sense (RATE_LIMITED, BUSY). */
  readonly retryAfter: number | undefined;

  constructor(
    code: AppErrorCode,
    options: {
      fieldErrors?: SaidErrors;
      retryAfter?: number;
      cause?: unknown;
      message?: string;
    } = {},
  ) {
    super(options.message ?? code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fieldErrors = options.fieldErrors;
    this.retryAfter = options.retryAfter;
  }
}

/** Refuses a request for what one of its fields says. */
export function refuseField(field: string, fault: FieldError): never {
  throw new AppError("VALIDATION", { fieldErrors: { [field]: [fault] } });
}

/** What was looked for, or NOT_FOUND. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new AppError("NOT_FOUND");
  return value;
}

/** What came of it: its value, or why it was refused. A defect is thrown all the same. */
export type Tried<T> =
  | { readonly value: T; readonly refused?: undefined }
  | { readonly refused: AppError; readonly value?: undefined };

export function tried<T>(work: () => T): Tried<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof AppError) return { refused: error };
    throw error;
  }
}

/**
 * Does `work` on one of many; what it refuses names it: `items.3.amountFen`, or `items.3` where no field
 * is to blame. `path` is "" for what was asked for by itself.
 */
export function ofItem<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || path === "") throw error;
    const { code, retryAfter, fieldErrors = { "": [{ key: `code.${code}` }] } } = error;
    const named = Object.entries(fieldErrors).map(
      ([field, faults]) => [field === "" ? path : `${path}.${field}`, faults] as const,
    );
    throw new AppError(code, {
      fieldErrors: Object.fromEntries(named),
      cause: error,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
  }
}

/** Does `work` on each of many, and refuses them all together: whoever mends them hears of every one at once. */
export function ofItems<I extends { path: string }, T>(
  items: readonly I[],
  work: (item: I) => T,
): T[] {
  const tries = items.map((item) => tried(() => ofItem(item.path, () => work(item))));
  const refused = tries.flatMap((one) => one.refused ?? []);
  const [first] = refused;
  if (first === undefined) return tries.flatMap((one) => (one.refused ? [] : [one.value]));
  if (refused.length === 1) throw first;
  const all = refused.flatMap(({ fieldErrors = {} }) => Object.entries(fieldErrors));
  throw new AppError(first.code, { fieldErrors: Object.fromEntries(all), cause: first });
}
