import "server-only";
import { randomUUID } from "node:crypto";
import { messagesOf } from "@/lib/i18n/messages";
import { AppError, APP_ERROR_STATUS } from "@/lib/kernel/app-error";
import { type Locale, preferenceCookies } from "@/lib/kernel/preferences";
import type { ExportRecord } from "./audit";
import type { Sql } from "./db";
import { sentencesOf } from "./sentences";
import { cookieOf } from "./session-cookie";

export type FileAnswer = {
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  /**
   * Written into the audit chain before the first byte leaves: who took which figures out; or the statement of the
   * guard that writes it, where something else is counted with it.
   */
  readonly record?: ExportRecord | Sql;
  /** It came from outside: opened in a browser after all, it does nothing. */
  readonly sandboxed?: true;
  readonly isFile: true;
};

/** A download. A stream may go on reading `db`: the snapshot stays open until it has been sent. */
export function fileAnswer(file: Omit<FileAnswer, "isFile">): FileAnswer {
  return { ...file, isFile: true };
}

export function isFileAnswer(value: unknown): value is FileAnswer {
  return typeof value === "object" && value !== null && "isFile" in value && value.isFile === true;
}

export const API_HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
  Vary: "Cookie",
};

/** The language of the answer: the person's choice, else the browser's first, else Chinese. */
export function localeOf(headers: Headers): Locale {
  const chosen = cookieOf(headers, preferenceCookies.locale);
  if (chosen === "en" || chosen === "zh-CN") return chosen;
  return /^\s*en\b/i.test(headers.get("accept-language") ?? "") ? "en" : "zh-CN";
}

export function jsonText(value: unknown): string {
  return JSON.stringify(value);
}

export function errorAnswer(error: AppError, headers: Headers, requestId: string): Response {
  const locale = localeOf(headers);
  const body = {
    error: {
      code: error.code,
      message: messagesOf(locale).errors.code[error.code],
      ...(error.fieldErrors ? { fieldErrors: sentencesOf(error.fieldErrors, locale) } : {}),
    },
  };
  return new Response(jsonText(body), {
    status: APP_ERROR_STATUS[error.code],
    headers: {
      ...API_HEADERS,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Language": locale,
      "X-Request-Id": requestId,
      ...(error.retryAfter === undefined ? {} : { "Retry-After": String(error.retryAfter) }),
    },
  });
}

/** RFC 6266: an ASCII name for old clients, the real one beside it. */
export function dispositionOf(name: string): string {
  const ascii = name.replace(/[^\w.-]+/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** The address exists and takes other methods. */
export function methodNotAllowed(headers: Headers, methods: readonly string[]): Response {
  const answer = errorAnswer(new AppError("METHOD_NOT_ALLOWED"), headers, randomUUID());
  answer.headers.set("Allow", methods.join(", "));
  return answer;
}
