// Looks at the Postgres that DATABASE_URL names, and says in one sentence what is wrong with it.
import pg from "pg";
import { APP_ROLE } from "./cluster.mjs";
import { fail } from "./say.mjs";

const OLDEST = 150_000;

/** @param {string} name @param {string} value */
function parse(name, value) {
  try {
    const url = new URL(value);
    if (/^postgres(ql)?:$/.test(url.protocol) && url.hostname && url.pathname.length > 1)
      return url;
  } catch {
    // falls through to the sentence
  }
  return fail(
    `${name} 不是有效的 Postgres 地址，应为 postgresql://用户:密码@主机:端口/数据库。`,
    `${name} is not a Postgres address; it should read postgresql://user:password@host:port/database.`,
  );
}

/** @param {string} name @param {URL} url @param {NodeJS.ErrnoException} error @returns {never} */
function refuse(name, url, error) {
  const at = `${url.hostname}:${url.port || 5432}`;
  const database = decodeURIComponent(url.pathname.slice(1));
  switch (error.code) {
    case "28P01":
    case "28000":
      return fail(
        `${name}：${at} 拒绝了用户“${url.username}”，请检查用户名、密码和 pg_hba.conf。`,
        `${name}: ${at} refused the user "${url.username}"; check the name, the password and pg_hba.conf.`,
      );
    case "3D000":
      return fail(
        `${name}：${at} 上没有数据库“${database}”，请先用 createdb 建立。`,
        `${name}: there is no database "${database}" at ${at}; create it first with createdb.`,
      );
    default:
      return fail(
        `${name}：连不上 ${at} 的 Postgres（${error.code ?? error.message}），请检查地址、端口和防火墙。`,
        `${name}: cannot reach a Postgres at ${at} (${error.code ?? error.message}); check the address, the port and the firewall.`,
      );
  }
}

/** @template T @param {string} name @param {string} value @param {(client: pg.Client) => Promise<T>} look */
async function inspect(name, value, look) {
  const url = parse(name, value);
  const client = new pg.Client({ connectionString: value, connectionTimeoutMillis: 8_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    return refuse(name, url, error);
  }
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}

/** Before the migrations: reachable, new enough, in UTF-8, and it takes writes. @param {string} name @param {string} value */
export function checkGivenDatabase(name, value) {
  return inspect(name, value, async (client) => {
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int AS number,
         current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
         current_setting('transaction_read_only') = 'on' AS readonly, pg_is_in_recovery() AS standby`,
    );
    const { number, version, encoding, readonly, standby } = rows[0];
    if (readonly || standby) {
      fail(
        `${name}：这个数据库只能读（${standby ? "备机" : "default_transaction_read_only"}），不能写入；请连接主机，或改回可写。`,
        `${name}: this database only reads (${standby ? "a standby" : "default_transaction_read_only"}); connect to the primary, or make it writable.`,
      );
    }
    if (number < OLDEST) {
      fail(
        `${name}：Postgres ${version} 太旧，需要 15 或更新版本。`,
        `${name}: Postgres ${version} is too old; 15 or newer is needed.`,
      );
    }
    if (encoding !== "UTF8") {
      fail(
        `${name}：数据库编码是 ${encoding}，需要 UTF8。`,
        `${name}: the database is encoded in ${encoding}; UTF8 is needed.`,
      );
    }
  });
}

/**
 * Laws and walls hold for everybody but those who bypass them: the server must not act through such a login.
 * @param {string} name @param {string} value
 */
export function checkPowers(name, value) {
  return inspect(name, value, async (client) => {
    const { rows } = await client.query(
      `SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass FROM pg_roles WHERE rolname = session_user`,
    );
    const { name: login, super: superuser, bypass } = rows[0];
    if (!superuser && !bypass) return;
    const right = superuser ? "SUPERUSER" : "BYPASSRLS";
    fail(
      `${name}：用户“${login}”有 ${right} 权限，数据库的各项限制对它不起作用；请按 docs/deploy.md 另建普通用户。`,
      `${name}: the user "${login}" has ${right}, so the walls of the database do not hold for it; make a login as docs/deploy.md says.`,
    );
  });
}

/**
 * Migrations are made by whoever owns the tables, or may make them where there are none yet.
 * @param {string} name @param {string} value
 */
export function checkOwner(name, value) {
  return inspect(name, value, async (client) => {
    const { rows } = await client.query(
      `SELECT current_user AS name,
         has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege('public', 'CREATE')
         AND NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname IN ('public', 'guard') AND c.relkind IN ('r', 'p') AND NOT pg_has_role(c.relowner, 'USAGE')) AS owns`,
    );
    if (rows[0].owns) return;
    fail(
      `${name}：用户“${rows[0].name}”不是表的所有者，也不能建表；请把 DATABASE_OWNER_URL 设为数据库所有者的地址（见 docs/deploy.md）。`,
      `${name}: the user "${rows[0].name}" neither owns the tables nor may make them; set DATABASE_OWNER_URL to the login that owns the database (docs/deploy.md).`,
    );
  });
}

/**
 * After the migrations: the server's user must be able to become the role it acts as.
 * @param {string} name @param {string} value @param {string} [role]
 */
export function checkMembership(name, value, role = APP_ROLE) {
  return inspect(name, value, async (client) => {
    const { rows } = await client.query(
      "SELECT pg_has_role(current_user, $1, 'MEMBER') AS member, current_user AS name",
      [role],
    );
    if (rows[0].member) return;
    fail(
      `${name}：用户“${rows[0].name}”还不是 ${role} 的成员，请以数据库所有者执行 GRANT ${role} TO "${rows[0].name}";`,
      `${name}: the user "${rows[0].name}" is not a member of ${role}; as the database's owner run GRANT ${role} TO "${rows[0].name}";`,
    );
  });
}

/** The logins that the environment names, before anything is done with them. */
export async function checkGivenLogins() {
  const { DATABASE_URL = "" } = process.env;
  process.env.DATABASE_OWNER_URL ||= DATABASE_URL;
  await checkGivenDatabase("DATABASE_URL", DATABASE_URL);
  await checkGivenDatabase("DATABASE_OWNER_URL", process.env.DATABASE_OWNER_URL);
  for (const name of ["DATABASE_SIGN_IN_URL", "DATABASE_WORKER_URL", "DATABASE_PUBLIC_URL"])
    if (process.env[name]) await checkGivenDatabase(name, process.env[name]);
  for (const name of [
    "DATABASE_URL",
    "DATABASE_SIGN_IN_URL",
    "DATABASE_WORKER_URL",
    "DATABASE_PUBLIC_URL",
  ])
    if (process.env[name]) await checkPowers(name, process.env[name]);
  await checkOwner("DATABASE_OWNER_URL", process.env.DATABASE_OWNER_URL);
}
