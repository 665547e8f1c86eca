// A feature is a closed vocabulary of file names; what has no name in it belongs elsewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isEntry, root } from "./lib/project.mjs";
import { main } from "./lib/say.mjs";

const PURE = [
  "types",
  "schema",
  "rules",
  "workflow",
  "policy",
  "labels",
  "address",
  "present",
  "paper",
  "client",
];
const SERVER = ["queries", "commands", "statements", "loaders"];
const FILE = new RegExp(
  `^lib/features/[a-z][a-z-]*/(${[...PURE, ...SERVER].join("|")})([.](test|db[.]test))?[.]ts$`,
);
const SERVER_FILE = new RegExp(`^lib/features/[^/]+/(${SERVER.join("|")})[.]ts$`);
const NAMELESS = /(^|\/)(utils?|helpers?|constants|common|misc|shared|index)[.](ts|tsx)$/;

/**
 * What is wrong with these files; `read` gives a file's text.
 * @param {string[]} files @param {(file: string) => string} read
 */
export function vocabularyFaults(files, read) {
  const faults = [];
  for (const file of files) {
    if (file.startsWith("lib/features/") && !FILE.test(file)) {
      faults.push(`${file}: not a word of a feature (${[...PURE, ...SERVER].join(", ")})`);
    }
    if (SERVER_FILE.test(file) && !/^import "server-only";$/m.test(read(file))) {
      faults.push(`${file}: reads or writes on the server, so it starts with import "server-only"`);
    }
    if (NAMELESS.test(file)) faults.push(`${file}: a name that says nothing, or a barrel`);
  }
  return faults;
}

/** @param {string} folder @returns {Generator<string>} */
function* filesUnder(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

if (isEntry(import.meta.url)) {
  await main(() => {
    const folders = ["lib", "components", "app"].filter((name) => existsSync(join(root, name)));
    const files = folders.flatMap((folder) => [...filesUnder(folder)]);
    const faults = vocabularyFaults(files, (file) => readFileSync(join(root, file), "utf8"));
    for (const fault of faults) console.error(fault);
    return faults.length ? 1 : 0;
  });
}
