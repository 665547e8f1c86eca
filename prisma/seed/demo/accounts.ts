import type pg from "pg";
import { hash } from "@node-rs/argon2";
import type { Role } from "@/lib/kernel/actor";
import { ORGANISATIONS, type OrganisationSeed } from "@/prisma/seed/data/organisations";
import { openSession, type SessionHash } from "@/prisma/seed/session";

export const DEMO_PASSWORD = "nuanzhang-2026";
/** 64 MiB, three passes, one lane: what every password here is hashed with. */
const ARGON2 = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

type Account = {
  username: string;
  nameZh: string;
  nameEn: string;
  role: Role;
  organisation: string;
};

/** Those who sign in with the printed password. */
export const DEMO_ACCOUNTS: readonly Account[] = [
  { username: "clerk.huangyuan", nameZh: "湟源县总工会经办（演示）", nameEn: "Clerk, Huangyuan County (demo)", role: "CLERK", organisation: "630123" }, // prettier-ignore
  { username: "clerk.qilian", nameZh: "祁连县总工会经办（演示）", nameEn: "Clerk, Qilian County (demo)", role: "CLERK", organisation: "632222" }, // prettier-ignore
  { username: "clerk.chengxi", nameZh: "城西区总工会经办（演示）", nameEn: "Clerk, Chengxi District (demo)", role: "CLERK", organisation: "630104" }, // prettier-ignore
  { username: "reviewer.xining", nameZh: "西宁市总工会审核（演示）", nameEn: "Reviewer, Xining City (demo)", role: "REVIEWER", organisation: "630100" }, // prettier-ignore
  { username: "reviewer.haibei", nameZh: "海北州总工会审核（演示）", nameEn: "Reviewer, Haibei Prefecture (demo)", role: "REVIEWER", organisation: "632200" }, // prettier-ignore
  { username: "province", nameZh: "省总工会权益保障部（演示）", nameEn: "Province, rights protection (demo)", role: "PROVINCE", organisation: "630000" }, // prettier-ignore
  { username: "auditor", nameZh: "省总工会经审办（演示）", nameEn: "Auditor, province (demo)", role: "AUDITOR", organisation: "630000" }, // prettier-ignore
  { username: "admin", nameZh: "系统管理员（演示）", nameEn: "Administrator (demo)", role: "ADMIN", organisation: "630000" }, // prettier-ignore
  { username: "admin2", nameZh: "第二名系统管理员（演示）", nameEn: "Second administrator (demo)", role: "ADMIN", organisation: "630000" }, // prettier-ignore
];

const place = (o: OrganisationSeed) => o.nameEn.replace(/ (Federation of Trade Unions|Union)$/, "");

/** Authors and reviewers of the rest: they have no password and can never sign in. */
function silentAccounts(): Account[] {
  const taken = new Set(DEMO_ACCOUNTS.map((a) => `${a.role} ${a.organisation}`));
  const clerks = ORGANISATIONS.map((o): Account => ({
    username: `clerk.${o.code.toLowerCase()}`,
    nameZh: `${o.nameZh}经办（演示）`,
    nameEn: `Clerk, ${place(o)} (demo)`,
    role: "CLERK",
    organisation: o.code,
  }));
  const reviewers = ORGANISATIONS.filter(
    (o) => o.kind === "PREFECTURE" || o.kind === "PROVINCE",
  ).map((o): Account => ({
    username: `reviewer.${o.code}`,
    nameZh: `${o.nameZh}审核（演示）`,
    nameEn: `Reviewer, ${place(o)} (demo)`,
    role: "REVIEWER",
    organisation: o.code,
  }));
  return [...clerks, ...reviewers].filter((a) => !taken.has(`${a.role} ${a.organisation}`));
}

async function insertAccounts(owner: pg.Client, accounts: Account[], silent: boolean) {
  await owner.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
         AS r(username text, "nameZh" text, "nameEn" text, role text, organisation text)
     ), made AS (
       INSERT INTO users (username, name_zh, name_en, is_system, is_demo)
       SELECT username, "nameZh", "nameEn", $2, true FROM given RETURNING id, username
     )
     INSERT INTO memberships (user_id, organisation_id, role)
     SELECT made.id, o.id, given.role FROM given JOIN made USING (username)
     JOIN organisations o ON o.code = given.organisation`,
    [JSON.stringify(accounts), silent],
  );
}

async function givePasswords(owner: pg.Client): Promise<void> {
  const hashes = await Promise.all(DEMO_ACCOUNTS.map(() => hash(DEMO_PASSWORD, ARGON2)));
  await owner.query(
    `INSERT INTO credentials (user_id, password_hash)
     SELECT u.id, p.hash FROM unnest($1::text[], $2::text[]) AS p(username, hash)
     JOIN users u USING (username)`,
    [DEMO_ACCOUNTS.map((a) => a.username), hashes],
  );
}

/** Opens one session per working account for the length of the seed, by role and organisation. */
export type DemoSessions = {
  of(role: "CLERK" | "REVIEWER" | "PROVINCE", organisation: string): SessionHash;
  readonly userIds: readonly string[];
};

export async function createDemoAccounts(owner: pg.Client): Promise<DemoSessions> {
  await insertAccounts(owner, [...DEMO_ACCOUNTS], false);
  await insertAccounts(owner, silentAccounts(), true);
  await givePasswords(owner);
  // Everybody tries it out from one screen, with a printed password.
  await owner.query("UPDATE factor_rules SET rule = 'OFF'");
  const { rows } = await owner.query<{ id: string; role: Role; code: string }>(
    `SELECT u.id, m.role, o.code FROM users u JOIN memberships m ON m.user_id = u.id
     JOIN organisations o ON o.id = m.organisation_id
     WHERE u.is_demo AND m.role IN ('CLERK', 'REVIEWER', 'PROVINCE')`,
  );
  const sessions = new Map<string, SessionHash>();
  for (const row of rows) sessions.set(`${row.role} ${row.code}`, await openSession(owner, row.id));
  return {
    of(role, organisation) {
      const session = sessions.get(`${role} ${organisation}`);
      if (session === undefined) throw new Error(`demo: no ${role} at ${organisation}`);
      return session;
    },
    userIds: rows.map((row) => row.id),
  };
}
