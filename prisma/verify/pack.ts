// npm run verify-pack -- FOLDER --public-key KEY; docs/verify.md says what it finds. It needs no database.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { publicKeyOf } from "@/lib/platform/signed-note";
import { packFaults, packSentence } from "./pack-faults";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "public-key": { type: "string" } },
});
const [folder] = positionals;
const secret = process.env["NUANZHANG_CHECKPOINT_KEY"];
const key = values["public-key"] ?? (secret ? publicKeyOf(secret) : undefined);
if (folder === undefined || !existsSync(folder) || key === undefined) {
  console.error("请给出资料包的文件夹和公钥。\nName the folder of the pack, and the public key.");
  process.exitCode = 3;
} else {
  const faults = await packFaults(folder, key.trim());
  for (const fault of faults) console.error(`✗ ${packSentence(fault)}`);
  if (faults.length === 0)
    console.log("每个文件都与签名的清单相符。\nEvery file is as the signed manifest has it.");
  process.exitCode = faults.length === 0 ? 0 : 1;
}
