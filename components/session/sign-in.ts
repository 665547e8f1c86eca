import { signIn } from "next-auth/react";

export type SignInFailure =
  | { code: "invalid" | "throttled" | "unavailable" | "once-over" | "factor-lost" }
  /** The password was right; a code of the second factor is asked for. */
  | { code: "code"; wrong: boolean }
  /** A second factor is required and there is none: a device is made known now. */
  | { code: "enrol"; secret: string; wrong: boolean }
  | { code: "locked"; minutes: number }
  /** A one-time password: it is time to choose one's own; `fault` says why the one chosen will not do. */
  | { code: "once"; fault: string | null };

/** The server answers with a code; one it is not known to give is not the reader's fault. */
export function readFailure(error: string | null | undefined): SignInFailure {
  const locked = /^locked:(\d+)$/.exec(error ?? "");
  if (locked) return { code: "locked", minutes: Number(locked[1]) };
  const once = /^once(?::(\w+))?$/.exec(error ?? "");
  if (once) return { code: "once", fault: once[1] ?? null };
  if (error === "code" || error === "code-wrong")
    return { code: "code", wrong: error === "code-wrong" };
  const enrol = /^enrol(-wrong)?:([A-Z2-7]+)$/.exec(error ?? "");
  if (enrol) return { code: "enrol", secret: enrol[2] ?? "", wrong: enrol[1] !== undefined };
  if (error === "factor-lost") return { code: "factor-lost" };
  if (error === "once-over") return { code: "once-over" };
  if (error === "invalid" || error === "CredentialsSignin") return { code: "invalid" };
  if (error === "throttled") return { code: "throttled" };
  return { code: "unavailable" };
}

export async function signInWithPassword(input: {
  username: string;
  password: string;
  newPassword?: string;
  code?: string;
}): Promise<SignInFailure | null> {
  try {
    const result = await signIn("credentials", { ...input, redirect: false });
    return result?.ok && !result.error ? null : readFailure(result?.error);
  } catch {
    return { code: "unavailable" };
  }
}

/** Leaves for the identity service, which sends the person back to `next`. */
export async function signInWithProvider(next: string): Promise<void> {
  await signIn("oidc", { callbackUrl: next });
}
