// Signs and keeps a checkpoint of every chain and prints the signed notes: npm run --silent checkpoint > file
import { writeCheckpoints } from "@/lib/platform/checkpoint";
import { closeDb } from "@/lib/platform/db";
import { callGuard } from "@/lib/platform/guard";

const notes = await writeCheckpoints({ rows: callGuard }, "ON_DEMAND");
await closeDb();
if (notes.length > 0) process.stdout.write(notes.join("\n"));
else {
  console.error(
    "审计链还没有条目，没有可签的核验点。The audit chain has no entry yet: there is nothing to sign.",
  );
  process.exitCode = 2;
}
