"use client";

import { createContext, useContext, useState, type ReactNode } from "react";
import { failureOf, type Client } from "@/lib/browser/api-client";
import { Intent } from "@/lib/browser/intent";
import { useAskProof, type AskProof } from "./proof";

/** Sends one write by its client function, under the key of its intent. */
export type SendWrite = <Request extends object, Answer>(
  client: Client<Request, Answer>,
  request: Request,
) => Promise<Answer>;

const IntentsContext = createContext<SendWrite | null>(null);

/** The same intent once more, under the same key, after the server has asked who sits there and has been told. */
async function withProof<Answer>(ask: AskProof, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (failureOf(error).code !== "STEP_UP" || !(await ask())) throw error;
    return send();
  }
}

function newSend(ask: AskProof): SendWrite {
  // By client function and by what is changed: of each of these a person wants one thing at a time.
  const intents = new WeakMap<object, Map<unknown, unknown>>();
  return <Request extends object, Answer>(client: Client<Request, Answer>, request: Request) => {
    const known = (intents.get(client) ?? new Map()) as Map<unknown, Intent<Request, Answer>>;
    const subject = "id" in request ? request.id : null;
    const intent = known.get(subject) ?? new Intent(client);
    intents.set(client, known.set(subject, intent));
    return withProof(ask, () => intent.send(request));
  };
}

/**
 * Stands above dialogs and pages: who closes a dialog after a lost answer and opens it again still
 * wants the same thing, and a new key would have it done twice.
 */
export function IntentsProvider({ children }: { children: ReactNode }) {
  const ask = useAskProof();
  const [send] = useState(() => newSend(ask));
  return <IntentsContext value={send}>{children}</IntentsContext>;
}

export function useSend(): SendWrite {
  const send = useContext(IntentsContext);
  if (!send) throw new Error("useSend is called outside IntentsProvider");
  return send;
}
