import { callApi, failureOf } from "@/lib/browser/api-client";
import type { meContract } from "@/lib/features/session/schema";

/** Ends the session and makes sure of it; throws while the server still knows the person. */
export async function endedSession(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  try {
    await callApi<typeof meContract>("GET /me", {});
  } catch (error) {
    if (failureOf(error).code === "UNAUTHENTICATED") return;
    throw error;
  }
  throw new Error("The session is still open");
}
