"use client";

import { useRef, useState } from "react";
import { adjustDisbursement } from "@/lib/features/disbursements/client";
import {
  approveDisbursement,
  returnDisbursement,
  submitDisbursement,
  voidDisbursement,
} from "@/lib/features/steps/client";
import { failureOf, newIdempotencyKey, type Failure } from "@/lib/browser/api-client";
import type { AdjustInput } from "@/lib/features/disbursements/schema";
import type { ReturnInput, SubmitInput, VoidInput } from "@/lib/features/steps/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";

/** What can be asked for one record; `version` is added from the record itself. */
export type Request =
  | { verb: "submit"; body: Omit<SubmitInput, "version"> }
  | { verb: "approve"; body: Record<string, never> }
  | { verb: "return"; body: Omit<ReturnInput, "version"> }
  | { verb: "void"; body: Omit<VoidInput, "version"> }
  | { verb: "adjust"; body: Omit<AdjustInput, "version"> };

export type Target = Pick<DisbursementDetail, "id" | "version">;

function call({ id, version }: Target, request: Request, idempotencyKey: string) {
  const write = { id, idempotencyKey };
  switch (request.verb) {
    case "submit":
      return submitDisbursement({ ...write, body: { ...request.body, version } });
    case "approve":
      return approveDisbursement({ ...write, body: { version } });
    case "return":
      return returnDisbursement({ ...write, body: { ...request.body, version } });
    case "void":
      return voidDisbursement({ ...write, body: { ...request.body, version } });
    case "adjust":
      return adjustDisbursement({ ...write, body: { ...request.body, version } });
  }
}

export type Outcome = { ok: true; record: DisbursementDetail } | { ok: false; failure: Failure };

/** The same request on the same version is the same intent: pressed twice or tried again, it counts once. */
export function useRecordActions() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);
  const keys = useRef(new Map<string, string>());

  /** Null where another request is still under way. */
  async function run(target: Target, request: Request): Promise<Outcome | null> {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setFailure(null);
    const intent = JSON.stringify([target.id, target.version, request]);
    const key = keys.current.get(intent) ?? newIdempotencyKey();
    keys.current.set(intent, key);
    try {
      return { ok: true, record: await call(target, request, key) };
    } catch (error) {
      const failed = failureOf(error);
      setFailure(failed);
      return { ok: false, failure: failed };
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return { busy, failure, run, forget: () => setFailure(null) };
}
