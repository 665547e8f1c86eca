import type { Route } from "next";
import { redirect } from "next/navigation";
import { navigationFor } from "@/components/shell/navigation";
import { loadSession } from "@/lib/features/session/loaders";

/** The first word of one's own navigation is where the day begins. */
export default async function HomePage(): Promise<never> {
  const { roles } = await loadSession();
  redirect((navigationFor(roles)[0]?.href ?? "/help") as Route);
}
