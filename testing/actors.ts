import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { Role } from "@/lib/kernel/actor";
import { seedReference } from "@/prisma/seed/reference";
import type { TestDatabase } from "./database";

/** A made-up person with an open session; `session` is what readAs and writeAs ask for. */
export type TestPerson = {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly organisation: string;
  readonly session: string;
};

export type Actors = {
  /** The superuser's connection, for fixtures and for looking behind the walls. */
  readonly owner: pg.Client;
  person(role: Role, organisation: string): Promise<TestPerson>;
  clerk(organisation: string): Promise<TestPerson>;
  reviewer(organisation: string): Promise<TestPerson>;
  province(): Promise<TestPerson>;
  auditor(organisation?: string): Promise<TestPerson>;
  admin(): Promise<TestPerson>;
};

const PROVINCE = "630000";

async function openPerson(owner: pg.Client, role: Role, organisation: string): Promise<TestPerson> {
  const tag = randomBytes(4).toString("hex");
  const username = `${role.toLowerCase()}.${organisation}.${tag}`;
  const session = createHash("sha256").update(username).digest("hex");
  const { rows } = await owner.query<{ id: string }>(
    `WITH u AS (
       INSERT INTO users (username, name_zh, name_en) VALUES ($1, $2, $1) RETURNING id)
     INSERT INTO memberships (user_id, organisation_id, role)
     SELECT u.id, o.id, $3 FROM u, organisations o WHERE o.code = $4 RETURNING user_id AS id`,
    [username, `测试${tag}`, role, organisation],
  );
  const userId = rows[0]?.id;
  if (userId === undefined) throw new Error(`no organisation ${organisation}`);
  await owner.query(
    `INSERT INTO sessions (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '8 hours')`,
    [session, userId],
  );
  return { userId, username, role, organisation, session };
}

/**
 * Reference data in the test file's own database, and people made on demand. Every call makes a new
 * person, so two clerks of one county are two people.
 */
export function testActors(database: TestDatabase): Actors {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  beforeAll(async () => {
    await owner.connect();
    await seedReference(owner);
    // as a server that has started
    const { meetKeys } = await import("@/lib/platform/key-check");
    await meetKeys();
  });
  afterAll(() => owner.end());
  const person = (role: Role, organisation: string) => openPerson(owner, role, organisation);
  return {
    owner,
    person,
    clerk: (organisation) => person("CLERK", organisation),
    reviewer: (organisation) => person("REVIEWER", organisation),
    province: () => person("PROVINCE", PROVINCE),
    auditor: (organisation = PROVINCE) => person("AUDITOR", organisation),
    admin: () => person("ADMIN", PROVINCE),
  };
}
