import { signIn } from "next-auth/react";

const failures = ["invalid", "locked", "expired", "throttled"] as const;

export type SignInFailure = (typeof failures)[number] | "unavailable";

/** next-auth answers with the code that the server's check threw; anything unknown is not the reader's fault. */
export async function signInWithPassword(input: {
  username: string;
  password: string;
}): Promise<"ok" | SignInFailure> {
  try {
    const result = await signIn("credentials", { ...input, redirect: false });
    if (result?.ok && !result.error) return "ok";
    if (result?.error === "CredentialsSignin") return "invalid";
    return failures.find((code) => code === result?.error) ?? "unavailable";
  } catch {
    return "unavailable";
  }
}
