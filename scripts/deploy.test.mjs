// docs/deploy.md executed as it is written, on a PostgreSQL server that knows nothing of us: only names of
// machines, passwords and ports are put in.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCluster, stopCluster } from "./lib/cluster.mjs";
import { removeHome } from "./lib/place.mjs";
import { root } from "./lib/project.mjs";
import { findPgDump } from "./lib/tools.mjs";
import { freePort, readiness } from "./lib/web.mjs";

const HOST = "127.0.0.1";
const PASSWORD = "only-in-this-test";
const page = readFileSync(join(root, "docs/deploy.md"), "utf8");
const tools = findPgDump();

/** The blocks of one section, by language. @param {string} heading @param {string} language */
function blocks(heading, language) {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  const found = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return found.filter(([, kind]) => kind === language).map(([, , text]) => text ?? "");
}

/** @param {string} text @param {number} server */
const filledIn = (text, server) =>
  text
    .replaceAll("db.example:5432", `${HOST}:${server}`)
    .replaceAll("db.example", `${HOST}:${server}`)
    .replaceAll("…", PASSWORD);

/** @type {string} */
let scratch;
/** @type {Awaited<ReturnType<typeof startCluster>>[]} */
const servers = [];
/** @type {Record<string, string>} */
const environment = {};
/** @type {number} */
let port;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "nuanzhang-deploy-"));
  for (const name of ["first", "second"])
    servers.push(await startCluster(join(scratch, name), { durable: false, furnished: false }));
  port = await freePort(HOST);
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(DATABASE_.*|NEXTAUTH_.*|NUANZHANG_.*|NODE_ENV|npm_.*|VITEST.*|HOST|PORT)$/.test(name),
  );
  for (const [name, value] of kept) if (value !== undefined) environment[name] = value;
  Object.assign(environment, { HOST, PORT: String(port), NUANZHANG_DATA: join(scratch, "data") });
}, 120_000);

afterAll(async () => {
  for (const name of ["first", "second"]) {
    await stopCluster(join(scratch, name));
    removeHome(join(scratch, name));
  }
  rmSync(scratch, { recursive: true, force: true });
});

/** "As superuser": one statement after another, as psql would. @param {number} server @param {string} database */
async function makeRoles(server, database) {
  const [sql = ""] = blocks("1. ", "sql");
  const client = new pg.Client({ connectionString: servers[server]?.ownerUrl });
  await client.connect();
  const filled = filledIn(sql, 0).replace("DATABASE nuanzhang ", `DATABASE ${database} `);
  for (const statement of filled.replace(/--.*$/gm, "").split(";"))
    if (statement.trim()) await client.query(statement);
  await client.end();
}

/** @param {string} script @param {string} cwd @param {Record<string, string>} [more] */
function shell(script, cwd, more = {}) {
  const run = spawnSync("bash", ["--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...environment, ...more },
    encoding: "utf8",
  });
  return { code: run.status, said: `${run.stdout}${run.stderr}` };
}

/**
 * Signs in as a browser would, with a cookie jar of two.
 * @param {string} username @param {string} password @param {string} [newPassword] in place of a one-time one
 */
async function signIn(username, password, newPassword = "") {
  const base = `http://${HOST}:${port}/api/auth`;
  const csrf = await fetch(`${base}/csrf`);
  const { csrfToken } = /** @type {{ csrfToken: string }} */ (await csrf.json());
  const cookie = csrf.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const answer = await fetch(`${base}/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie },
    body: new URLSearchParams({ csrfToken, username, password, newPassword }),
  });
  return answer.headers
    .getSetCookie()
    .some((line) => line.startsWith("__Host-next-auth.session-token="));
}

test("roles and database, first administrator, start", async () => {
  await makeRoles(0, "nuanzhang");
  const [block = ""] = blocks("2. ", "sh");
  const lines = filledIn(block, servers[0]?.port ?? 0)
    .split("\n")
    .filter(Boolean);
  expect(lines[0]).toBe("npm ci");
  expect(lines.at(-1)).toBe("npm start");
  // no terminal here, so it is told instead of asked; all else as the page has it
  const script = lines
    .slice(1)
    .map((line) =>
      line.replace(
        /^npm run create-admin.*/,
        "npm run create-admin -- --username first.admin --name 张伟",
      ),
    )
    .join("\n");
  expect(script).toContain("--username first.admin");

  const child = spawn("bash", ["--norc", "-eo", "pipefail", "-c", script], {
    cwd: root,
    env: environment,
    detached: true,
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  const gone = new Promise((done) => child.once("close", done));
  try {
    const ended = gone.then(() => "ended");
    await expect
      .poll(async () => await Promise.race([ended, readiness(port, HOST)]), {
        timeout: 900_000,
        interval: 250,
      })
      .toMatch(/^(ready|ended)$/);
    expect(await readiness(port, HOST), said).toBe("ready");
    const [, password = ""] = /密码 password\s+(\S+)/.exec(said) ?? [];
    expect(await signIn("first.admin", password)).toBe(false);
    expect(await signIn("first.admin", password, "a password of my own")).toBe(true);
    expect(await signIn("first.admin", "a password of my own")).toBe(true);
    expect(await signIn("first.admin", "wrong")).toBe(false);
    expect(said).not.toContain("演示账号");
  } finally {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await gone;
  }
});

test("the logins are as narrow as the page says", async () => {
  const answers = [];
  for (const login of [
    "nuanzhang_web",
    "nuanzhang_sign_in",
    "nuanzhang_worker",
    "nuanzhang_public",
  ]) {
    const client = new pg.Client({
      connectionString: `postgresql://${login}:${PASSWORD}@${HOST}:${servers[0]?.port}/nuanzhang`,
    });
    await client.connect();
    for (const text of ["SELECT FROM credentials", "CREATE TABLE x ()", "SET ROLE nuanzhang_owner"])
      answers.push(
        await client.query(text).then(
          () => text,
          (error) => error.code,
        ),
      );
    await client.end();
  }
  expect(answers).toEqual(Array(12).fill("42501"));
});

test.skipIf(!tools)("backup, restore into an empty server, verification", async () => {
  const [backup = "", restore = ""] = blocks("5. ", "sh");
  const made = shell(filledIn(backup, servers[0]?.port ?? 0), scratch);
  expect(made).toEqual({ code: 0, said: "" });
  const [dump = ""] = readdirSync(scratch).filter((name) => name.endsWith(".dump"));

  await makeRoles(1, "nuanzhang_restored");
  const [restoring = "", verifying = ""] = filledIn(restore, servers[1]?.port ?? 0)
    .replace(/nuanzhang-[\d-]+\.dump/, dump)
    .split("\n");
  expect(shell(restoring, scratch)).toEqual({ code: 0, said: "" });

  const at = `@${HOST}:${servers[1]?.port}/nuanzhang_restored`;
  const addresses = `DATABASE_URL=postgresql://nuanzhang_web:${PASSWORD}${at} DATABASE_OWNER_URL=postgresql://nuanzhang_owner:${PASSWORD}${at}`;
  const command = verifying.replace(
    `DATABASE_URL=${PASSWORD} DATABASE_OWNER_URL=${PASSWORD}`,
    addresses,
  );
  expect(command).toContain(addresses);
  const verified = shell(command, root);
  expect(verified.code, verified.said).toBe(0);

  const client = new pg.Client({
    connectionString: `postgresql://nuanzhang_owner:${PASSWORD}${at}`,
  });
  await client.connect();
  const { rows } = await client.query(
    "SELECT action FROM audit_entries WHERE action = 'user.create'",
  );
  await client.end();
  expect(rows).toHaveLength(1);
});
