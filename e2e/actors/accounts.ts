import { randomBytes } from "node:crypto";
import type { ApiActor } from "./api";

export type Account = { id: string; username: string; password: string };

/** What the people of a journey choose for themselves. */
export const OWN_PASSWORD = "山高水长-2026-湟水河";

/** Opens an account of the province for one journey: one administrator asks, the other confirms. */
async function openProvincial(
  admin: ApiActor,
  second: ApiActor,
  role: "AUDITOR" | "PROVINCE",
): Promise<Account> {
  const username = `test.${randomBytes(5).toString("hex")}`;
  const { id } = await admin.write<{ id: string }>("POST", "/admin/requests", {
    kind: "open-account",
    username,
    nameZh: "走查账号",
    nameEn: "Walkthrough account",
    membership: { role, organisation: "630000" },
  });
  const { request, password } = await second.write<{
    request: { account: { id: string } };
    password: string;
  }>("POST", `/admin/requests/${id}/confirm`, {});
  return { id: request.account.id, username, password };
}

export const openAuditor = (admin: ApiActor, second: ApiActor): Promise<Account> =>
  openProvincial(admin, second, "AUDITOR");

/** A second person of the province's rights protection department. */
export const openColleague = (admin: ApiActor, second: ApiActor): Promise<Account> =>
  openProvincial(admin, second, "PROVINCE");

/** Opens a clerk's account for one journey, so that no demo account is locked or changed by it. */
export async function openClerk(admin: ApiActor, organisation = "630105"): Promise<Account> {
  const username = `test.${randomBytes(5).toString("hex")}`;
  const { user, password } = await admin.write<{ user: { id: string }; password: string }>(
    "POST",
    "/admin/users",
    {
      username,
      nameZh: "走查账号",
      nameEn: "Walkthrough account",
      membership: { role: "CLERK", organisation },
    },
  );
  return { id: user.id, username, password };
}
