import "server-only";
import { cache } from "react";
import type { Actor, Membership, Role } from "@/lib/kernel/actor";
import { sql } from "@/lib/platform/db";
import { callGuard } from "@/lib/platform/guard";
import { env } from "@/lib/platform/env";
import { readPage, readPerson } from "@/lib/platform/session";
import { getSecondFactor } from "./queries";
import type { SecondFactor } from "./schema";
import { DEMO_PASSWORD, type DemoAccount, type SessionView } from "./types";

/** Somebody whose roles have all been taken back can still sign in, and is told so here. */
const NOWHERE = { code: "", nameZh: "", nameEn: "", kind: "GRASS_ROOTS" } as const;

function sessionView(actor: Actor): SessionView {
  const widest: Membership[] = [...actor.memberships].sort((a, b) => a.path.length - b.path.length);
  const roles: Role[] = [...new Set(widest.map((membership) => membership.role))];
  const { code, nameZh, nameEn, kind } = widest[0] ?? NOWHERE;
  return {
    user: {
      id: actor.userId,
      username: actor.username,
      nameZh: actor.nameZh,
      nameEn: actor.nameEn,
    },
    roles,
    home: { code, nameZh, nameEn, kind },
    isDemo: actor.isDemo,
  };
}

/** Who is signed in; sends everybody else to the sign-in page. */
export const loadSession = cache(async (): Promise<SessionView> => sessionView(await readPerson()));

/** The account page: every role, not only the widest. */
export function loadAccount(): Promise<Actor> {
  return readPerson();
}

type DemoRow = {
  username: string;
  name_zh: string;
  name_en: string;
  role: Role;
  organisation_zh: string;
  organisation_en: string;
};

/** What the demonstration's sign-in page offers; null everywhere else. */
export async function loadDemoAccounts(): Promise<{
  accounts: DemoAccount[];
  password: string;
} | null> {
  if (!env().NUANZHANG_EMBEDDED) return null;
  const rows = await callGuard<DemoRow>(sql`
    SELECT username, name_zh, name_en, role::text, organisation_zh, organisation_en
    FROM guard.demo_accounts()`).catch((): DemoRow[] => []);
  if (rows.length === 0) return null;
  return {
    password: DEMO_PASSWORD,
    accounts: rows.map((row) => ({
      username: row.username,
      nameZh: row.name_zh,
      nameEn: row.name_en,
      role: row.role,
      orgNameZh: row.organisation_zh,
      orgNameEn: row.organisation_en,
    })),
  };
}

/** How a person signs in beside the password; null where no provider is configured. */
export function loadIdentityProvider(): { name: string } | null {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  return OIDC_ISSUER ? { name: OIDC_NAME } : null;
}

export const loadSecondFactor = (): Promise<SecondFactor> => readPage(getSecondFactor);
