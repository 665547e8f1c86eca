import { randomBytes } from "node:crypto";
import type { ApiActor } from "./api";

export type Account = { id: string; username: string; password: string };

/** What the people of a journey choose for themselves. */
export const OWN_PASSWORD = "山高水长-2026-湟水河";

/** Opens an account for one journey, so that no demo account is locked or changed by it. */
export async function openAccount(admin: ApiActor, role = "AUDITOR"): Promise<Account> {
  const username = `test.${randomBytes(5).toString("hex")}`;
  const { user, password } = await admin.write<{ user: { id: string }; password: string }>(
    "POST",
    "/admin/users",
    {
      username,
      nameZh: "走查账号",
      nameEn: "Walkthrough account",
      membership: { role, organisation: role === "CLERK" ? "630105" : "630000" },
    },
  );
  return { id: user.id, username, password };
}
