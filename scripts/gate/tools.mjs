// The browsers and the office program, where the machine can have them, before the tests that use them.
import { main } from "../lib/say.mjs";
import { findChromium, findOffice, findOldChromium, findPgDump } from "../lib/tools.mjs";

await main(() => {
  const found = [findChromium().path, findOldChromium()?.path, findOffice(), findPgDump()];
  for (const path of found) if (path) console.log(path);
});
