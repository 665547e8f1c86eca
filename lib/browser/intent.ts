import { failureOf, isDecided, newIdempotencyKey, type Client } from "./api-client";

export type OpenRequest<Request> = { key: string; request: Request };

/**
 * One thing a person wants done, however often it has to be asked for. Its key is kept until the
 * server has decided: had it taken the request whose answer was lost, it gives that answer again and
 * does nothing twice; had it not, it takes the request now. Other words sent under the kept key are
 * refused (IDEMPOTENCY_MISMATCH) where the first were taken, so that one of them counts, never both.
 */
export class Intent<Request extends object, Answer> {
  readonly #client: Client<Request, Answer>;
  #open: OpenRequest<Request> | null;

  constructor(client: Client<Request, Answer>, open: OpenRequest<Request> | null = null) {
    this.#client = client;
    this.#open = open;
  }

  /** The request no answer came for; stored and given to a new Intent, it survives a reload. */
  get open(): OpenRequest<Request> | null {
    return this.#open;
  }

  /** `key`: of something that can happen only once, whoever asks for it. */
  send(request: Request, key = newIdempotencyKey()): Promise<Answer> {
    return this.#ask({ key: this.#open?.key ?? key, request });
  }

  /** Asks again, word for word, for what had no answer. Null where nothing is open or the server refused it. */
  async settle(): Promise<Answer | null> {
    if (this.#open === null) return null;
    try {
      return await this.#ask(this.#open);
    } catch (error) {
      if (isDecided(failureOf(error))) return null;
      throw error;
    }
  }

  async #ask(open: OpenRequest<Request>): Promise<Answer> {
    this.#open = open;
    try {
      const answer = await this.#client({ ...open.request, idempotencyKey: open.key });
      this.#open = null;
      return answer;
    } catch (error) {
      if (isDecided(failureOf(error))) this.#open = null;
      throw error;
    }
  }
}
