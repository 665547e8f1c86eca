// The letters that the browsers of the tests draw with. A machine's own differ from one to the next, and with them
// widths, line breaks and the height of a page; and a page on a machine without Chinese letters fetches the program's,
// after it can be used. So the browser of today has those of the desk that most of our readers sit at, near enough
// (what Windows calls Segoe UI and Microsoft YaHei), and the old one has no Chinese letter, which is how the fetching
// is tried.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { root } from "./project.mjs";

const require = createRequire(import.meta.url);
const WEIGHTS = ["400Regular", "500Medium", "600SemiBold", "700Bold"];
const LATIN = "Open Sans";
const CHINESE = "Noto Sans SC";

/** Folder of a package, whatever its main file is. @param {string} name @param {string} holding a path in it */
export function packageFolder(name, holding) {
  let folder = dirname(require.resolve(name));
  while (!existsSync(join(folder, holding))) folder = dirname(folder);
  return folder;
}

/** Unpacks a brotli-packed tar. @param {string} file @param {string} into @returns whether it worked */
export function untar(file, into) {
  mkdirSync(into, { recursive: true });
  const input = brotliDecompressSync(readFileSync(file));
  return spawnSync("tar", ["--no-same-owner", "-xf", "-", "-C", into], { input }).status === 0;
}

/** @param {string} asked @param {string} given */
const standsFor = (asked, given) =>
  `  <match><test name="family"><string>${asked}</string></test>` +
  `<edit name="family" mode="assign" binding="same"><string>${given}</string></edit></match>`;

/** @param {string} home @param {string[]} folders @param {Record<string, string>} families what is drawn where another is asked for */
const configuration = (home, folders, families) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join("\n")}
  <cachedir>${join(home, "cache")}</cachedir>
${Object.entries(families)
  .map(([asked, given]) => standsFor(asked, given))
  .join("\n")}
</fontconfig>
`;

/**
 * What a browser's environment names so that it draws with these letters and no others.
 * @param {{ chinese: boolean }} which
 * @returns {Record<string, string>} empty where letters are not fontconfig's
 */
export function lettersOf({ chinese }) {
  if (process.platform !== "linux") return {};
  const home = join(root, "node_modules/.cache/nuanzhang/fonts");
  if (!existsSync(home)) {
    const unfinished = `${home}.${process.pid}`;
    const packed = "bin/fonts.tar.br";
    if (!untar(join(packageFolder("@sparticuz/chromium", packed), packed), unfinished)) {
      rmSync(unfinished, { recursive: true, force: true });
      return {};
    }
    renameSync(unfinished, home);
  }
  const carried = packageFolder("@expo-google-fonts/noto-sans-sc", WEIGHTS[0] ?? "");
  const file = join(home, chinese ? "with-chinese.conf" : "without-chinese.conf");
  const plain = chinese ? CHINESE : LATIN;
  writeFileSync(
    file,
    configuration(
      home,
      [join(home, "fonts"), ...(chinese ? WEIGHTS.map((weight) => join(carried, weight)) : [])],
      {
        "Segoe UI": LATIN,
        ...(chinese ? { "Microsoft YaHei": CHINESE } : {}),
        "sans-serif": plain,
        "system-ui": plain,
        monospace: LATIN,
      },
    ),
  );
  return { FONTCONFIG_FILE: file };
}
