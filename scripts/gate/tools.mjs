// The browsers and the office program, where the machine can have them, before the tests that use them.
import { main } from "../lib/say.mjs";
import { findChromium, findOffice, findOldChromium, findPgDump } from "../lib/tools.mjs";

await main(async () => {
  const browsers = [await findChromium(), await findOldChromium()];
  const found = [...browsers.map((browser) => browser?.path), findOffice(), findPgDump()];
  for (const path of found) if (path) console.log(path);
});
