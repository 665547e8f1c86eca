import { failureOf, isDecided, type FailureCode } from "@/lib/browser/api-client";
import { dropCopy, keepCopy, newCopyId, type KeptCopy } from "@/lib/browser/kept-copy";
import { discardWorkingCopy } from "@/lib/features/working-copies/client";
import { pushCopy } from "./push-copy";

export type KeeperState = {
  /** Everything typed is with the server. */
  saved: boolean;
  sending: boolean;
  /** This browser has it too; not where its storage is full or forbidden. */
  here: boolean;
  /** Why it is not there yet. */
  failure: FailureCode | null;
  /** Another window holds the copy that was opened here; this one's text is a copy of its own now. */
  forkedFrom: string | null;
  copyId: string;
  /** How often the server has taken it. */
  sends: number;
};

/** The server has everything within two seconds of the last key. */
const QUIET_MS = 1_000;
const RETRY_MS = 5_000;
/** What is refused is refused again, unless a person does something about it. */
const REFUSED_MS = 30_000;

export type Typed = Pick<KeptCopy, "title" | "subject" | "baseVersion" | "body">;

/** Keeps what one form holds: in this browser at once, on the server as soon as the typing rests. */
export class CopyKeeper {
  readonly #userId: string;
  readonly #listeners = new Set<() => void>();
  #copy: KeptCopy;
  #state: KeeperState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #held = false;

  constructor(userId: string, copy: KeptCopy) {
    this.#userId = userId;
    this.#copy = copy;
    this.#state = {
      saved: copy.edits === copy.saved,
      sending: false,
      here: true,
      failure: null,
      forkedFrom: null,
      copyId: copy.id,
      sends: 0,
    };
  }

  get copy(): KeptCopy {
    return this.#copy;
  }

  readonly state = (): KeeperState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Does anything of it stand anywhere? */
  get begun(): boolean {
    return this.#copy.edits > 0 || this.#copy.version > 0;
  }

  type(typed: Typed): void {
    this.#held = false;
    this.#keep(typed);
    this.#later(QUIET_MS);
  }

  /**
   * While it is being saved it is kept in this browser alone: sent meanwhile, it would stand beside the record
   * that has come of it, as if it were none. Until it ends, or is typed into again.
   */
  hold(typed: Typed): void {
    this.#held = true;
    this.#keep(typed);
    clearTimeout(this.#timer);
  }

  /** From now on it is another form: of what it was there is a record already. */
  renew(): void {
    const { id, version } = this.#copy;
    dropCopy(this.#userId, this.#copy);
    this.#copy = { ...this.#copy, id: newCopyId(), version: 0, saved: 0 };
    keepCopy(this.#userId, this.#copy);
    this.#tell({ copyId: this.#copy.id });
    if (version > 0) void discardWorkingCopy({ id }).catch(() => undefined);
  }

  /** Sends what is not there yet; answers whether the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#sending;
    if (this.#held) return false;
    if (this.#copy.edits === this.#copy.saved) return true;
    this.#sending = this.#send();
    await this.#sending;
    return this.#copy.edits === this.#copy.saved;
  }

  /** Waits for what is under way, so that nothing of it arrives after the copy has ended. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
  }

  /** The server has taken what it held. */
  end(): void {
    clearTimeout(this.#timer);
    this.#held = false;
    dropCopy(this.#userId, this.#copy);
    this.#copy = { ...this.#copy, edits: 0, saved: 0, version: 0 };
    this.#tell({ saved: true, failure: null, forkedFrom: null });
  }

  async discard(): Promise<void> {
    await this.rest();
    const { id, version } = this.#copy;
    this.end();
    this.#copy = { ...this.#copy, id: newCopyId() };
    if (version > 0) await discardWorkingCopy({ id }).catch(() => undefined);
  }

  /** Tries again now, e.g. because the line is back. */
  readonly retry = (): void => {
    if (this.#copy.edits > this.#copy.saved) void this.flush();
  };

  #keep(typed: Typed): void {
    const { edits } = this.#copy;
    this.#copy = { ...this.#copy, ...typed, edits: edits + 1, at: new Date().toISOString() };
    this.#tell({ saved: false, here: keepCopy(this.#userId, this.#copy) });
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  async #send(): Promise<void> {
    const sent = this.#copy;
    this.#tell({ sending: true });
    try {
      const taken = await pushCopy(sent);
      if (taken.id !== sent.id) dropCopy(this.#userId, sent);
      // What was typed meanwhile stays the newest.
      const { id, version, saved } = taken;
      this.#copy = { ...this.#copy, id, version, saved };
      const all = this.#copy.edits === saved;
      if (all) dropCopy(this.#userId, this.#copy);
      else keepCopy(this.#userId, this.#copy);
      const forked = id === sent.id ? {} : { forkedFrom: sent.id };
      const sends = this.#state.sends + 1;
      this.#tell({ sending: false, failure: null, saved: all, copyId: id, sends, ...forked });
      if (!all) this.#later(QUIET_MS);
    } catch (error) {
      const { code } = failureOf(error);
      this.#tell({ sending: false, failure: code });
      this.#later(isDecided({ code }) ? REFUSED_MS : RETRY_MS);
    } finally {
      this.#sending = null;
    }
  }

  #tell(change: Partial<KeeperState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
