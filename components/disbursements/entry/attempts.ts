import type { DisbursementDetail } from "@/lib/features/disbursements/types";

/** One thing the clerk asked for, with everything needed to ask for it again in the same words. */
export type Attempt =
  | { verb: "create"; key: string; body: unknown }
  | { verb: "update" | "submit"; key: string; id: string; body: unknown };

export type Send = (attempt: Attempt) => Promise<DisbursementDetail>;

/** Did the server answer? If not, nobody knows whether it took the request. */
export type Answered = (failure: unknown) => boolean;

/**
 * Makes one request out of each intent. A request whose answer was lost stays `pending` and is sent
 * again, word for word and under its own key, before anything else is: had the server taken it, it
 * gives the same answer and no second record; had it not, it takes it now.
 */
export class Attempts {
  #pending: Attempt | null;
  readonly #send: Send;
  readonly #answered: Answered;
  readonly #newKey: () => string;

  constructor(options: {
    send: Send;
    answered: Answered;
    newKey: () => string;
    pending?: Attempt | null;
  }) {
    this.#send = options.send;
    this.#answered = options.answered;
    this.#newKey = options.newKey;
    this.#pending = options.pending ?? null;
  }

  get pending(): Attempt | null {
    return this.#pending;
  }

  newKey(): string {
    return this.#newKey();
  }

  /** Asks again for what had no answer. Null where nothing is open or the server refused it. */
  async settle(): Promise<DisbursementDetail | null> {
    const open = this.#pending;
    if (open === null) return null;
    try {
      return await this.run(open);
    } catch (failure) {
      if (this.#answered(failure)) return null;
      throw failure;
    }
  }

  async run(attempt: Attempt): Promise<DisbursementDetail> {
    this.#pending = attempt;
    try {
      const answer = await this.#send(attempt);
      this.#pending = null;
      return answer;
    } catch (failure) {
      if (this.#answered(failure)) this.#pending = null;
      throw failure;
    }
  }
}
