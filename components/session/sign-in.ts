import { signIn } from "next-auth/react";

export type SignInFailure =
  { code: "invalid" | "throttled" | "unavailable" } | { code: "locked"; minutes: number };

/** The server answers with a code; one it is not known to give is not the reader's fault. */
export function readFailure(error: string | null | undefined): SignInFailure {
  const locked = /^locked:(\d+)$/.exec(error ?? "");
  if (locked) return { code: "locked", minutes: Number(locked[1]) };
  if (error === "invalid" || error === "CredentialsSignin") return { code: "invalid" };
  if (error === "throttled") return { code: "throttled" };
  return { code: "unavailable" };
}

export async function signInWithPassword(input: {
  username: string;
  password: string;
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
