"use client";

import { useRef, useState } from "react";
import { failureOf, isDecided, type Failure } from "@/lib/browser/api-client";
import { useSend, type SendWrite } from "./intents";

/**
 * Not `decided`: nobody knows whether the server took it, or nothing was sent because another
 * command was still under way (then without a failure).
 */
type Outcome<T> =
  { ok: true; answer: T } | { ok: false; decided: boolean; failure: Failure | null };

export type Command = {
  busy: boolean;
  failure: Failure | null;
  /** What the server refused about a field, in sentences. */
  errorOf: (field: string) => string | undefined;
  clear: () => void;
  run: <T>(work: (send: SendWrite) => Promise<T>) => Promise<Outcome<T>>;
};

/** One command at a time, and what the server said of it: for forms, dialogs, rows and bulk alike. */
export function useCommand(): Command {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // A second click comes before the first has drawn the button busy.
  const running = useRef(false);

  async function run<T>(work: (send: SendWrite) => Promise<T>): Promise<Outcome<T>> {
    if (running.current) return { ok: false, decided: false, failure: null };
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      return { ok: true, answer: await work(send) };
    } catch (error) {
      const failed = failureOf(error);
      setFailure(failed);
      return { ok: false, decided: isDecided(failed), failure: failed };
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return {
    busy,
    failure,
    errorOf: (field) => failure?.fieldErrors[field]?.join(" "),
    clear: () => setFailure(null),
    run,
  };
}
