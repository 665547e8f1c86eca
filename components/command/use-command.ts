"use client";

import { useState } from "react";
import { failureOf, type Failure } from "@/lib/browser/api-client";

export type Command = {
  busy: boolean;
  failure: Failure | null;
  /** The first sentence about a field, if the server refused it. */
  errorOf: (field: string) => string | undefined;
  clear: () => void;
  /** Answers null where the work failed; the failure is then told. */
  run: <T>(work: () => Promise<T>) => Promise<T | null>;
};

/** One write at a time, and what the server said of it. */
export function useCommand(): Command {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run<T>(work: () => Promise<T>): Promise<T | null> {
    setBusy(true);
    setFailure(null);
    const result = await work().catch((error: unknown) => {
      setFailure(failureOf(error));
      return null;
    });
    setBusy(false);
    return result;
  }

  return {
    busy,
    failure,
    errorOf: (field) => failure?.fieldErrors[field]?.[0],
    clear: () => setFailure(null),
    run,
  };
}
