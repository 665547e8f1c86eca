// Every check of the project in order, the quick ones first; stops at the first that fails.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "../build.mjs";
import { generate } from "../generate.mjs";
import { testCluster } from "../test-database.mjs";
import { stopCluster } from "./cluster.mjs";
import { loadEnvironment, root, testHome } from "./project.mjs";
import { runNode } from "./run.mjs";
import { explain, fail } from "./say.mjs";
import { findOffice } from "./tools.mjs";

const bin = (name) => join(root, "node_modules/.bin", name);
const script = (name) => join(root, "scripts", name);
const LAYERS = ["app", "components", "lib", "testing", "prisma", "e2e", "bench"];

let current;
const watched = { onChild: (child) => (current = child) };
const node = (...args) => runNode(args, watched);

/** prisma/schema describes exactly what prisma/migrations build. */
async function compareMigrations() {
  const { ownerUrl } = await testCluster();
  const env = { ...process.env, DATABASE_URL: ownerUrl, DATABASE_OWNER_URL: ownerUrl };
  const flags = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema"];
  return runNode([script("prisma.mjs"), "migrate", "diff", ...flags, "--exit-code"], {
    ...watched,
    env,
  });
}

/** A LibreOffice, where the machine can have one, before the tests that open files with it. */
function bringTools() {
  const office = findOffice();
  if (office) process.env.SOFFICE = office;
  return 0;
}

const checks = [
  ["generate", "生成客户端与路由类型 Generated code", () => generate(watched)],
  ["types", "类型 Types", () => node(bin("tsc"), "--noEmit")],
  ["lint", "代码检查 Lint", () => node(bin("eslint"), ".", "--max-warnings", "0")],
  ["format", "格式 Formatting", () => node(bin("prettier"), "--check", "--log-level", "warn", ".")],
  [
    "arrows",
    "分层 Arrows",
    () =>
      node(
        bin("depcruise"),
        ...["--config", "dependency-cruiser.cjs"],
        ...LAYERS.filter((layer) => existsSync(join(root, layer))),
      ),
  ],
  ["vocabulary", "文件用词 Vocabulary", () => node(script("check-vocabulary.mjs"))],
  ["migrations", "迁移与模型一致 Migrations match the schema", compareMigrations],
  ["tools", "测试工具 Tools", bringTools],
  ["unit", "单元测试 Unit tests", () => node(bin("vitest"), "run", "--project", "unit")],
  ["db", "数据库测试 Database tests", () => node(bin("vitest"), "run", "--project", "db")],
  ["build", "构建 Build", () => build(watched)],
  ["e2e", "浏览器测试 Browser tests", () => node(script("e2e.mjs"))],
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)}s`;

export async function runAll(names) {
  loadEnvironment();
  process.chdir(root);
  let interrupted = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      interrupted = true;
      current?.kill(signal);
    });
  }
  const begun = performance.now();
  const times = [];
  let code = 0;
  try {
    const unknown = names.find((name) => !checks.some(([known]) => known === name));
    if (unknown) {
      const known = checks.map(([name]) => name).join(", ");
      fail(
        `没有“${unknown}”这一步；可用：${known}。`,
        `There is no step "${unknown}"; use ${known}.`,
      );
    }
    for (const [name, title, run] of checks) {
      if (names.length && !names.includes(name)) continue;
      const from = performance.now();
      process.stdout.write(`\n── ${title} ──\n`);
      code = await run();
      if (interrupted) code ||= 130;
      times.push(`  ${code ? "✗" : "✓"} ${name.padEnd(12)}${seconds(from).padStart(8)}`);
      if (code) break;
    }
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`);
    code = 1;
  }
  if (names.length === 0) await stopCluster(testHome());
  process.stdout.write(
    `\n${times.join("\n")}\n  ${"total".padEnd(14)}${seconds(begun).padStart(8)}\n`,
  );
  process.exit(code);
}
