// What the tests need beside npm packages: a browser of today, Chromium 109, and LibreOffice.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { lettersOf, packageFolder, untar } from "./fonts.mjs";
import { root } from "./project.mjs";
import { fail } from "./say.mjs";

/** @typedef {{ path: string, env: Record<string, string> }} Browser */

const isLinuxX64 = process.platform === "linux" && process.arch === "x64";

/** @param {...string} names */
function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

const canInstall = () => process.getuid?.() === 0 && Boolean(onPath("apt-get"));

/**
 * Installs a Debian package; says on the terminal that it does. Resolves to whether it worked.
 * @param {...string} packages
 */
function install(...packages) {
  if (!canInstall()) return false;
  /** @param {...string} args */
  const apt = (...args) =>
    spawnSync("apt-get", ["-q", "-y", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  process.stdout.write(`  apt-get install ${packages.join(" ")}\n`);
  apt("update");
  return packages.some((name) => apt("install", "--no-install-recommends", name));
}

/**
 * Unpacks a Chromium that npm carried. The packages' own way unpacks to one fixed name in the temporary
 * folder, where the two versions would take each other's place; so each gets a folder of its own.
 * @param {string} name
 * @param {string} libraries
 * @returns {Browser}
 */
function unpack(name, libraries) {
  const source = packageFolder(name, "bin/chromium.br");
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const folder = join(root, "node_modules/.cache/nuanzhang", `chromium-${version}`);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    for (const file of [libraries, "swiftshader.tar.br"]) {
      if (untar(join(source, "bin", file), unfinished)) continue;
      rmSync(unfinished, { recursive: true, force: true });
      fail("解包 Chromium 需要 tar。", "Unpacking Chromium needs tar.");
    }
    const program = join(unfinished, "chromium");
    writeFileSync(program, brotliDecompressSync(readFileSync(join(source, "bin/chromium.br"))));
    chmodSync(program, 0o755);
    renameSync(unfinished, folder);
  }
  return { path: join(folder, "chromium"), env: { LD_LIBRARY_PATH: join(folder, "lib") } };
}

/**
 * Does it draw a page? That it says its version is not enough: a library that it opens later may be missing.
 * @param {Browser} browser
 */
async function draws({ path, env }) {
  const { chromium } = await import("@playwright/test");
  try {
    const given = Object.entries({ ...process.env, ...env });
    const browser = await chromium.launch({
      executablePath: path,
      env: Object.fromEntries(given.map(([name, value]) => [name, value ?? ""])),
      args: ["--no-sandbox", "--disable-gpu"],
      timeout: 60_000,
    });
    const page = await browser.newPage();
    await page.setContent("<p>it draws</p>");
    const drawn = await page.innerText("p");
    await browser.close();
    return drawn === "it draws";
  } catch {
    return false;
  }
}

/** @param {Browser} browser @param {{ chinese: boolean }} letters @returns {Browser} */
const withLetters = ({ path, env }, letters) => ({ path, env: { ...env, ...lettersOf(letters) } });

/**
 * The browser of today: CHROMIUM, else the one npm carried, which is the same everywhere and, having no windows, takes
 * two thirds of the time; else the system's, else Debian's.
 * @returns {Promise<Browser>}
 */
export async function findChromium() {
  const letters = { chinese: true };
  const given = process.env.CHROMIUM;
  if (given) {
    const named = withLetters({ path: given, env: {} }, letters);
    if (await draws(named)) return named;
    fail(`CHROMIUM=${given} 启动不了。`, `CHROMIUM=${given} does not start.`);
  }
  if (isLinuxX64) {
    const carried = withLetters(unpack("@sparticuz/chromium", "al2023.tar.br"), letters);
    if (await draws(carried)) return carried;
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const system = onPath(...names) ?? (install("chromium") ? onPath(...names) : undefined);
  if (system) return withLetters({ path: system, env: {} }, letters);
  return fail(
    "没有找到浏览器；请安装 Chromium 或 Chrome，并用 CHROMIUM=路径 npm test 指明。",
    "No browser was found; install Chromium or Chrome and name it: CHROMIUM=path npm test.",
  );
}

/**
 * The last Chromium for Windows 7. It runs on Linux x64 alone; elsewhere its tests are left out, and that is said.
 * @returns {Promise<Browser | undefined>}
 */
export async function findOldChromium() {
  if (isLinuxX64) {
    const old = withLetters(unpack("chromium-109", "aws.tar.br"), { chinese: false });
    if (await draws(old)) return old;
  }
  process.stdout.write(
    "  本机运行不了 Chromium 109，略过旧浏览器的测试。\n" +
      "  Chromium 109 does not run here; the tests for old browsers are left out.\n",
  );
  return undefined;
}

/** Opens what we export, as an office would. */
export function findOffice() {
  const names = ["soffice", "libreoffice"];
  const found =
    process.env.SOFFICE ??
    onPath(...names) ??
    (install("libreoffice-calc-nogui", "libreoffice-calc") ? onPath(...names) : undefined);
  if (found) return found;
  process.stdout.write(
    "  没有找到 LibreOffice，略过用它打开导出文件的测试；安装后用 SOFFICE=路径 npm test 指明。\n" +
      "  LibreOffice was not found, so exported files are not opened with it; install it and name it: SOFFICE=path npm test.\n",
  );
  return undefined;
}

/** Backs up and restores as docs/deploy.md says. */
export function findPgDump() {
  const found = onPath("pg_dump") ?? (install("postgresql-client") ? onPath("pg_dump") : undefined);
  if (!found)
    process.stdout.write(
      "  pg_dump was not found, so backup and restore are not tried; install PostgreSQL's client programs.\n",
    );
  return found;
}
