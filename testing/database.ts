import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    testCluster: {
      ownerUrl: string;
      url: string;
      signInUrl: string;
      workerUrl: string;
      publicUrl: string;
      template: string;
    };
  }
}

export interface TestDatabase {
  /** The superuser's address: what migrations and fixtures use. Bypasses row-level security. */
  ownerUrl: string;
  /** The web server's address: a login role that may become nuanzhang_app and nothing else. */
  url: string;
  /** The address sign-in alone uses: a login that may become nuanzhang_sign_in and nothing else. */
  signInUrl: string;
  /** The worker's: a login that may become nuanzhang_worker and nuanzhang_app. */
  workerUrl: string;
  /** That of /public: a login that may become nuanzhang_public and nothing else. */
  publicUrl: string;
}

function inDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.toString();
}

async function administer(ownerUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inDatabase(ownerUrl, "postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A database of this test file's own, cloned from the migrated template and dropped after the file.
 * Call it once at the top of the file (top-level await); it also puts the addresses into the
 * environment, so that lib/platform/db imported afterwards connects to it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { ownerUrl, url, signInUrl, workerUrl, publicUrl, template } = inject("testCluster");
  const name = `test_${Date.now()}_${randomBytes(4).toString("hex")}`;
  await administer(ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  afterAll(async () => {
    const { closeDb } = await import("@/lib/platform/db");
    const { closeSignIn } = await import("@/lib/platform/sign-in-db");
    const { closePublic } = await import("@/lib/platform/public-db");
    await Promise.all([closeDb(), closeSignIn(), closePublic()]);
    await administer(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  const database = {
    ownerUrl: inDatabase(ownerUrl, name),
    url: inDatabase(url, name),
    signInUrl: inDatabase(signInUrl, name),
    workerUrl: inDatabase(workerUrl, name),
    publicUrl: inDatabase(publicUrl, name),
  };
  process.env["DATABASE_OWNER_URL"] = database.ownerUrl;
  process.env["DATABASE_URL"] = database.url;
  process.env["DATABASE_SIGN_IN_URL"] = database.signInUrl;
  process.env["DATABASE_WORKER_URL"] = database.workerUrl;
  process.env["DATABASE_PUBLIC_URL"] = database.publicUrl;
  const objects = mkdtempSync(join(tmpdir(), "nuanzhang-objects-"));
  afterAll(() => rmSync(objects, { recursive: true }));
  process.env["NUANZHANG_OBJECTS"] = objects;
  process.env["NEXTAUTH_SECRET"] = "a secret for tests alone, 32 bytes or more";
  process.env["NUANZHANG_CHECKPOINT_KEY"] = "a key for tests alone, 32 bytes or more";
  process.env["NUANZHANG_FIELD_KEYS"] = "a key for tests alone of 32 bytes or more";
  process.env["NUANZHANG_INDEX_KEYS"] = "another key for tests alone of 32 bytes";
  return database;
}
