import { vi } from "vitest";
import type { AppErrorCode } from "@/lib/kernel/app-error";

export type Sent = { method: string; path: string; key: string | null; body: unknown };

/**
 * How one request fares. `lost`: the server takes it and its answer does not arrive; `offline`: it
 * does not arrive itself; a code: the server refuses it.
 */
type Fate =
  | "answered"
  | "lost"
  | "offline"
  | {
      status: number;
      code?: AppErrorCode;
      fieldErrors?: Record<string, string[]>;
      /** Seconds. */
      retryAfter?: number;
    }
  | Promise<unknown>;

const json = (status: number, body: unknown, retryAfter?: number) =>
  new Response(JSON.stringify(body), {
    status,
    headers: retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) },
  });

/**
 * Stands where the line leaves the browser, with a server behind it that keeps one answer per
 * Idempotency-Key as ours does. Fates are met in order; when there are none left, all is well.
 */
export class Network {
  readonly sent: Sent[] = [];
  /** What the server did, by key: each of these is a row in a ledger. */
  readonly taken = new Map<string, Sent>();
  readonly #fates: Fate[];
  readonly #answers = new Map<string, unknown>();

  constructor(...fates: Fate[]) {
    this.#fates = fates;
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => this.#fetch(path, init));
  }

  get keys(): (string | null)[] {
    return this.sent.map(({ key }) => key);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    // whether the line stands at all is no request of anybody's
    if (path === "/api/health") throw new TypeError("Failed to fetch");
    const key = new Headers(init.headers).get("idempotency-key");
    const body: unknown = init.body === undefined ? null : JSON.parse(String(init.body));
    const sent = { method: String(init.method), path, key, body };
    this.sent.push(sent);
    const fate = this.#fates.shift() ?? "answered";
    if (fate === "offline") throw new TypeError("Failed to fetch");
    if (fate instanceof Promise) await fate;
    else if (typeof fate === "object")
      return fate.code === undefined
        ? new Response("<html>Bad gateway</html>", { status: fate.status })
        : json(fate.status, { error: { message: fate.code, ...fate } }, fate.retryAfter);
    const answer = this.#take(sent);
    if (fate === "lost") throw new TypeError("Failed to fetch");
    return answer;
  }

  #take(sent: Sent): Response {
    const key = sent.key ?? `none-${this.sent.length}`;
    const known = this.taken.get(key);
    if (known && JSON.stringify(known) !== JSON.stringify(sent))
      return json(422, { error: { code: "IDEMPOTENCY_MISMATCH", message: "" } });
    const answer = this.#answers.get(key) ?? { id: String(this.taken.size + 1), version: 1 };
    this.taken.set(key, sent);
    this.#answers.set(key, answer);
    return json(201, answer);
  }
}
