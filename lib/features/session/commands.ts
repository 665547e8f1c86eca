import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, type FieldError } from "@/lib/kernel/app-error";
import { sql, type Tx } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/password";
import { confirmPassword } from "@/lib/platform/sign-in";
import { passwordFault } from "@/lib/kernel/password-rule";
import type { PasswordInput } from "./schema";

function refuse(field: keyof PasswordInput, fault: FieldError): never {
  throw new AppError("VALIDATION", { fieldErrors: { [field]: [fault] } });
}

/** Looks at both passwords and hashes the new one, before the transaction: Argon2 takes its time. */
export async function prepareOwnPassword(input: {
  actor: Actor;
  body: PasswordInput;
}): Promise<{ passwordHash: string }> {
  const { actor, body } = input;
  const fault = passwordFault(body.newPassword, actor.username);
  if (fault) refuse("newPassword", fault);
  if (body.newPassword === body.currentPassword)
    refuse("newPassword", { key: "passwordUnchanged" });
  if (!(await confirmPassword(actor.username, body.currentPassword)))
    refuse("currentPassword", { key: "passwordWrong" });
  return { passwordHash: await hashPassword(body.newPassword) };
}

/** Changes one's own password, which ends every session of the person, this one included. */
export async function changeOwnPassword(input: {
  tx: Tx;
  actor: Actor;
  passwordHash: string;
}): Promise<{ changed: true }> {
  const { tx, actor, passwordHash } = input;
  await tx.run(sql`SELECT guard.set_password(${actor.userId}::uuid, ${passwordHash})`);
  return { changed: true };
}
