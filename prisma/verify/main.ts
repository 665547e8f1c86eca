// npm run verify-audit [-- --checkpoint FILE] [--public-key KEY or FILE]; docs/verify.md says what it finds.
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import pg from "pg";
import { notesIn } from "@/lib/kernel/checkpoint";
import { publicKeyOf } from "@/lib/platform/signed-note";
import { sentenceOf } from "./faults";
import { verify, type Given, type Verdict } from "./verify";

const EXIT = { sound: 0, tampered: 1, nothing: 2, unable: 3 } as const;
const SHOWN = 20;

class Unable extends Error {}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Unable(`读不出 ${file}。\n${file} cannot be read.`);
  }
}

function keyOf(given: string | undefined): Pick<Given, "publicKey" | "ownKey"> {
  const secret = process.env["NUANZHANG_CHECKPOINT_KEY"];
  if (given === undefined) return secret ? { publicKey: publicKeyOf(secret), ownKey: true } : {};
  const text = existsSync(given) ? read(given) : given;
  const key = text.split("\n").find((line) => /^\S+\+[0-9a-f]{8}\+\S+$/.test(line.trim()));
  if (!key) throw new Unable("给出的不是公钥。\nThis is no public key.");
  return { publicKey: key.trim() };
}

function asked(): Given {
  const { values } = parseArgs({
    options: { checkpoint: { type: "string" }, "public-key": { type: "string" } },
  });
  const notes = values.checkpoint === undefined ? [] : notesIn(read(values.checkpoint));
  if (values.checkpoint !== undefined && notes.length === 0)
    throw new Unable(
      `${values.checkpoint} 里没有核验点。\nThere is no checkpoint in ${values.checkpoint}.`,
    );
  return { notes, ...keyOf(values["public-key"]) };
}

function report({ chains, records, checkpoints, faults, unanswered }: Verdict): number {
  for (const { origin, size, head } of chains)
    console.log(`审计链 chain ${origin}: ${size}, ${head}`);
  console.log(`记录 records: ${records} · 核验点 checkpoints: ${checkpoints}`);
  for (const one of faults.slice(0, SHOWN)) console.error(`✗ ${sentenceOf(one)}`);
  if (faults.length > SHOWN)
    console.error(`  还有 ${faults.length - SHOWN} 处 and ${faults.length - SHOWN} more`);
  const nothing = chains.every(({ size }) => size === 0);
  if (!nothing || faults.length > 0)
    for (const question of unanswered) console.log(`? ${question}`);
  if (faults.length > 0) {
    console.error(`发现 ${faults.length} 处不符 ${faults.length} discrepancies found`);
    return EXIT.tampered;
  }
  if (nothing) {
    console.error(
      "审计链是空的：没有可核对的。\nThe audit chain is empty: there is nothing to verify.",
    );
    return EXIT.nothing;
  }
  const but =
    unanswered.length > 0 ? ["除上面的问题外，", ", but for the questions above"] : ["", ""];
  console.log(`${but[0]}全部相符 verified${but[1]}`);
  return EXIT.sound;
}

async function main(): Promise<number> {
  const given = asked();
  const client = new pg.Client({ connectionString: process.env["DATABASE_OWNER_URL"] });
  await client.connect();
  try {
    // one snapshot: what is written meanwhile is the next run's business
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return report(await verify(client, given));
  } finally {
    await client.end();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return EXIT.unable;
});
