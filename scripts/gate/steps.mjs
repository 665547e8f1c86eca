// Every check of the project, the quick ones first, and what must be done before each.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../lib/project.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title
 * @property {string[]} [needs]
 * @property {string[][]} commands each run by this Node, one after the other
 */

/** @param {string} name */
const bin = (name) => join(root, "node_modules/.bin", name);
/** @param {string} name */
const script = (name) => join(root, "scripts", name);

const LAYERS = ["app", "components", "lib", "testing", "prisma", "e2e", "bench"].filter((layer) =>
  existsSync(join(root, layer)),
);

/** @param {...string} projects */
export const vitest = (...projects) => [
  bin("vitest"),
  "run",
  ...projects.flatMap((name) => ["--project", name]),
];

/** @type {Step[]} */
export const steps = [
  {
    name: "generate",
    title: "生成客户端与路由类型 Generated code",
    commands: [[script("generate.mjs")]],
  },
  {
    name: "types",
    title: "类型 Types",
    needs: ["generate"],
    commands: [
      [bin("tsc"), "--noEmit"],
      [bin("tsc"), "--project", "tsconfig.scripts.json"],
    ],
  },
  {
    name: "lint",
    title: "代码检查 Lint",
    needs: ["generate"],
    commands: [[bin("eslint"), ".", "--max-warnings", "0"]],
  },
  {
    name: "format",
    title: "格式 Formatting",
    needs: ["generate"],
    commands: [[bin("prettier"), "--check", "--log-level", "warn", "."]],
  },
  {
    name: "arrows",
    title: "分层 Arrows",
    needs: ["generate"],
    commands: [[bin("depcruise"), "--config", "dependency-cruiser.cjs", ...LAYERS]],
  },
  {
    name: "vocabulary",
    title: "文件用词 Vocabulary",
    commands: [[script("check-vocabulary.mjs")]],
  },
  {
    name: "unused",
    title: "无人使用的代码 Unused code",
    needs: ["generate"],
    commands: [[bin("knip"), "--no-progress", "--treat-config-hints-as-errors"]],
  },
  {
    name: "migrations",
    title: "迁移与模型一致 Migrations match the schema",
    needs: ["generate"],
    commands: [[script("gate/migrations.mjs")]],
  },
  {
    name: "tools",
    title: "测试工具 Tools",
    commands: [[script("gate/tools.mjs")]],
  },
  {
    name: "build",
    title: "构建 Build",
    needs: ["generate"],
    commands: [[script("build.mjs")]],
  },
  {
    name: "demo",
    title: "演示数据 Demo data",
    needs: ["generate"],
    commands: [[script("gate/demo.mjs")]],
  },
  {
    name: "unit",
    title: "单元测试 Unit tests",
    needs: ["generate"],
    commands: [vitest("unit", "dom")],
  },
  {
    name: "db",
    title: "数据库测试 Database tests",
    needs: ["generate", "tools"],
    commands: [vitest("db")],
  },
  {
    name: "launch",
    title: "启动 npm start",
    needs: ["build"],
    commands: [vitest("launch")],
  },
  {
    name: "e2e",
    title: "浏览器测试 Browser tests",
    needs: ["build", "tools", "demo", "db"],
    commands: [[script("e2e.mjs")]],
  },
  {
    name: "other-node",
    title: "另一个 Node The other Node",
    // after the same tests here: a fault of the code is then seen where it is easier to look at; and not beside
    // the browsers, which need both cores
    needs: ["unit", "db", "launch", "e2e"],
    commands: [[script("gate/other-node.mjs")]],
  },
];

/**
 * The steps of these names, and before them what makes the code that they read: a checkout whose generated code is
 * older than its schema would be refused for that alone.
 * @param {readonly string[]} names
 */
export function stepsNamed(names) {
  const wanted = steps.filter(({ name }) => names.includes(name));
  const reads = wanted.some(({ needs }) => needs?.includes("generate"));
  return steps.filter((step) => wanted.includes(step) || (reads && step.name === "generate"));
}
