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

/** Before the migrations: reachable, new enough, and in UTF-8. @param {string} name @param {string} value */
export function checkGivenDatabase(name, value) {
  return inspect(name, value, async (client) => {
    const { rows } = await client.query(
      `SELECT current_setting('server_version_num')::int AS number,
         current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
    );
    const { number, version, encoding } = rows[0];
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
