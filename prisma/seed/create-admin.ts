// The first administrator of a real database: <username> <name>, checked by scripts/create-admin.mjs.
import { randomInt } from "node:crypto";
import { hash } from "@node-rs/argon2";
import pg from "pg";
import { seedReference } from "./reference";

const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

function oncePassword(): string {
  const group = () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

function stop(...sentences: string[]): never {
  console.error(sentences.join("\n"));
  process.exit(1);
}

/** Opens the account, or says why not. Written down in the audit as the system's own deed. */
async function createAdmin(
  client: pg.Client,
  { username, name }: { username: string; name: string },
): Promise<string | null> {
  const password = oncePassword();
  const passwordHash = await hash(password, {
    algorithm: 2,
    memoryCost: 64 * 1024,
    timeCost: 3,
    parallelism: 1,
  });
  await client.query("BEGIN");
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO users (username, name_zh, name_en) VALUES ($1, $2, $2)
     ON CONFLICT (username) DO NOTHING RETURNING id`,
    [username, name],
  );
  const id = rows[0]?.id;
  if (id === undefined) {
    await client.query("ROLLBACK");
    return null;
  }
  await client.query(
    "INSERT INTO credentials (user_id, password_hash, once_until) VALUES ($1, $2, now() + interval '1 day')",
    [id, passwordHash],
  );
  await client.query(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, 'ADMIN' FROM organisations WHERE kind = 'PROVINCE'`,
    [id],
  );
  await client.query("SELECT guard.append_audits('{user.create}', ARRAY[$1], ARRAY[$2])", [
    id,
    JSON.stringify({ role: "ADMIN", username }),
  ]);
  await client.query("COMMIT");
  return password;
}

async function main(): Promise<void> {
  const [username = "", name = ""] = process.argv.slice(2);
  const client = new pg.Client({ connectionString: process.env["DATABASE_OWNER_URL"] });
  await client.connect();
  await seedReference(client);
  const password = await createAdmin(client, { username, name });
  await client.end();
  if (password === null)
    stop(`已有账号 ${username}。`, `There is already an account named ${username}.`);
  console.log(`账号 account   ${username}\n密码 password  ${password}`);
  console.log(
    "只显示这一次，一天内有效；首次登录时换成自己的密码。Shown this once, good for a day; it is replaced by your own at the first sign-in.",
  );
}

if (process.argv[1]?.endsWith("create-admin.ts")) await main();
