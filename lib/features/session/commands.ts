import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField } from "@/lib/kernel/app-error";
import { sql, type Tx } from "@/lib/platform/db";
import { hashPassword } from "@/lib/platform/password";
import { otpAddress } from "@/lib/kernel/otp-address";
import {
  beginFactor as beginDevice,
  factorOf,
  makeRecoveryCodes as makeCodes,
} from "@/lib/platform/second-factor";
import { confirmCode, confirmPassword, proveSession } from "@/lib/platform/sign-in";
import { passwordFault } from "@/lib/kernel/password-rule";
import type { CodeInput, PasswordInput, ProofInput } from "./schema";

/** Looks at both passwords and hashes the new one, before the transaction: Argon2 takes its time. */
export async function prepareOwnPassword(input: {
  actor: Actor;
  body: PasswordInput;
}): Promise<{ passwordHash: string }> {
  const { actor, body } = input;
  const fault = passwordFault(body.newPassword, actor.username);
  if (fault) refuseField("newPassword", fault);
  if (body.newPassword === body.currentPassword)
    refuseField("newPassword", { key: "passwordUnchanged" });
  if (!(await confirmPassword(actor.username, body.currentPassword)))
    refuseField("currentPassword", { key: "passwordWrong" });
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

type Asked = { actor: Actor; body: CodeInput };

async function requireCode({ actor, body }: Asked): Promise<void> {
  if (!(await confirmCode(actor, body.code))) refuseField("code", { key: "codeWrong" });
}

async function requireConfirmed(actor: Actor, confirmed: boolean): Promise<void> {
  if ((await factorOf(actor.userId)).confirmed !== confirmed) throw new AppError("CONFLICT");
}

/** Before the transaction, over the connections of sign-in: the application's own cannot read what codes are made of. */
export async function prepareFactor({ actor }: { actor: Actor }) {
  await requireConfirmed(actor, false);
  const secret = await beginDevice(actor.userId);
  return { began: { secret, address: otpAddress(actor.username, secret) } };
}

export async function prepareConfirmed(input: Asked): Promise<{ recoveryCodes: string[] }> {
  await requireConfirmed(input.actor, false);
  await requireCode(input);
  return { recoveryCodes: await makeCodes(input.actor.userId) };
}

export async function prepareRecoveryCodes(input: Asked): Promise<{ recoveryCodes: string[] }> {
  await requireConfirmed(input.actor, true);
  await requireCode(input);
  return { recoveryCodes: await makeCodes(input.actor.userId) };
}

export async function prepareRemoval(input: Asked): Promise<object> {
  await requireConfirmed(input.actor, true);
  await requireCode(input);
  return {};
}

/** Ends every session of the person, this one included. */
export async function removeFactor(input: { tx: Tx; actor: Actor }): Promise<{ removed: true }> {
  await input.tx.run(sql`SELECT guard.lift_factor(${input.actor.userId}::uuid)`);
  return { removed: true };
}

/** A password or a code, shown once more by whoever is signed in. Wrong ones count like failed sign-ins. */
export async function prepareProof(input: {
  actor: Actor;
  session: string;
  body: ProofInput;
}): Promise<object> {
  const { actor, session, body } = input;
  if ("code" in body) await requireCode({ actor, body });
  else if (!(await confirmPassword(actor.username, body.password)))
    throw new AppError("VALIDATION", { fieldErrors: { password: [{ key: "passwordWrong" }] } });
  await proveSession(session, actor.userId);
  return {};
}
