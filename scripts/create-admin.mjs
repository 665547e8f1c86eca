// npm run create-admin: the first administrator of a real database, before or after the first start.
// Asks at a terminal; elsewhere: npm run create-admin -- --username zhang.wei --name 张伟
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { generateClient } from "./generate.mjs";
import { useDatabase } from "./lib/addresses.mjs";
import { checkGivenDatabase, checkOwner } from "./lib/given-database.mjs";
import { loadEnvironment } from "./lib/project.mjs";
import { fail, main } from "./lib/say.mjs";
import { migrate } from "./migrate.mjs";
import { runTypeScript } from "./run-ts.mjs";

const USERNAME = /^[a-z][a-z0-9.-]{2,39}$/;

/** @returns {{ username?: string | undefined, name?: string | undefined }} */
function flags() {
  try {
    const { values } = parseArgs({
      options: { username: { type: "string" }, name: { type: "string" } },
    });
    return values;
  } catch {
    return fail(
      "用法：npm run create-admin -- --username <账号名> --name <姓名>；在终端里不带参数则逐项询问。",
      "Usage: npm run create-admin -- --username <username> --name <name>; without them it asks, at a terminal.",
    );
  }
}

/** What the flags leave out is asked for. */
async function answers() {
  const given = flags();
  const { username, name } =
    given.username && given.name
      ? given
      : process.stdin.isTTY
        ? await askFor(given)
        : fail(
            "请给出账号名和姓名：npm run create-admin -- --username <账号名> --name <姓名>。",
            "Give the username and the name: npm run create-admin -- --username <username> --name <name>.",
          );
  if (!USERNAME.test(username ?? "")) {
    fail(
      `账号名“${username}”不合规定：以小写字母开头，3–40 个小写字母、数字、点或短横线。`,
      `The username "${username}" will not do: 3–40 small letters, digits, dots or hyphens, a letter first.`,
    );
  }
  if (!name?.trim()) fail("姓名不能为空。", "The name is missing.");
  return { username: username ?? "", name: name?.trim() ?? "" };
}

/** @param {ReturnType<typeof flags>} given */
async function askFor({ username, name }) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return {
      username: username ?? (await terminal.question("账号名 Username: ")).trim(),
      name: name ?? (await terminal.question("姓名 Name: ")).trim(),
    };
  } finally {
    terminal.close();
  }
}

await main(async () => {
  loadEnvironment();
  const { username, name } = await answers();
  if (process.env.DATABASE_URL) {
    const owner = process.env.DATABASE_OWNER_URL ? "DATABASE_OWNER_URL" : "DATABASE_URL";
    await checkGivenDatabase(owner, process.env[owner] ?? "");
    await checkOwner(owner, process.env[owner] ?? "");
  }
  const { ownerUrl } = await useDatabase();
  await migrate(ownerUrl);
  const generated = await generateClient();
  return generated || runTypeScript("prisma/seed/create-admin.ts", [username, name]);
});
