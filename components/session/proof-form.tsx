"use client";

import { useTranslations } from "next-intl";
import { FailureNote } from "@/components/command/failure-note";
import { Field } from "@/components/form/field";
import { TextInput } from "@/components/form/text-input";
import { failureOf, newIdempotencyKey, type Failure } from "@/lib/browser/api-client";
import { prove } from "@/lib/features/session/client";
import type { ProofInput } from "@/lib/features/session/schema";

async function send(body: ProofInput): Promise<Failure | null> {
  try {
    await prove({ body, idempotencyKey: newIdempotencyKey() });
    return null;
  } catch (error) {
    return failureOf(error);
  }
}

/** No password is as short as these. */
const CODE = /^\d{6}$/;
/** A password may look like one. */
const RECOVERY_CODE = /^[a-z0-9]{5}-[a-z0-9]{5}$/i;

/** Null: shown and right. */
export async function showProof(data: FormData): Promise<Failure | null> {
  const typed = String(data.get("proof") ?? "");
  const code = typed.trim();
  if (CODE.test(code)) return send({ code });
  const refused = await send({ password: typed });
  return refused?.fieldErrors["password"] && RECOVERY_CODE.test(code) ? send({ code }) : refused;
}

export function ProofFields({ failure }: { failure: Failure | null }) {
  const t = useTranslations("account.proof");
  const faults = failure && (failure.fieldErrors["password"] ?? failure.fieldErrors["code"]);
  return (
    <>
      {!faults && <FailureNote failure={failure} />}
      <Field label={t("label")} hint={t("hint")} error={faults?.join(" ")} required>
        {(control) => (
          <TextInput
            {...control}
            name="proof"
            type="password"
            autoComplete="current-password"
            maxLength={200}
          />
        )}
      </Field>
    </>
  );
}
