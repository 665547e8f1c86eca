// npm run worker, and beside the web server npm start: which work belongs to which kind of job, and when the
// system does what nobody asks for. Hours are UTC; 18:30 is half past two at night in China.
import { storeDisbursements } from "@/lib/features/disbursements/commands";
import { makeEvidencePack } from "@/lib/features/evidence-packs/commands";
import { checkInvariants } from "@/lib/features/health/commands";
import { workOnImport } from "@/lib/features/import-work/commands";
import { purgeTransient, signCheckpoints } from "@/lib/features/jobs/commands";
import { rotateKeys } from "@/lib/features/keys/commands";
import { makePack } from "@/lib/features/packs/commands";
import { emptyWhatIsOver } from "@/lib/features/retention/commands";
import { readFilesBack } from "@/lib/features/stored-files/commands";
import { voidDisbursements } from "@/lib/features/steps/commands";
import { meetKeys } from "@/lib/platform/key-check";
import { logError, logInfo } from "@/lib/platform/log";
import { startWorker } from "@/lib/platform/worker";

const LEAVE_MS = 8_000;

// a worker with another key would leave rows that nobody else can read
await meetKeys().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

const worker = await startWorker(
  {
    INVARIANTS: (running) => checkInvariants(running, () => new Date()),
    IMPORT: (running) =>
      workOnImport(
        running,
        { save: storeDisbursements, void: voidDisbursements },
        () => new Date(),
      ),
    PACK: makePack,
    PURGE: purgeTransient,
    CHECKPOINT: signCheckpoints,
    KEYS: rotateKeys,
    RETENTION: emptyWhatIsOver,
    EVIDENCE: makeEvidencePack,
    OBJECTS: (running) => readFilesBack(running, () => new Date()),
  },
  [
    { kind: "CHECKPOINT", at: "3 * * * *" },
    { kind: "PURGE", at: "17 * * * *" },
    { kind: "KEYS", at: "41 * * * *" },
    { kind: "RETENTION", at: "20 17 * * *" },
    // before the invariants, which tell what it found
    { kind: "OBJECTS", at: "40 17 * * *" },
    { kind: "INVARIANTS", at: "30 18 * * *" },
  ],
);
logInfo("worker.ready");
process.send?.("ready");

let leaving = false;
async function leave(code: number): Promise<void> {
  if (leaving) return;
  leaving = true;
  // a statement that runs on is rolled back by the database when its connection is gone
  setTimeout(() => process.exit(1), LEAVE_MS).unref();
  await worker.stop();
  process.exit(code);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void leave(0));
// the launcher was killed outright
process.once("disconnect", () => void leave(0));
void worker.lost.then(() => {
  if (leaving) return;
  logError("worker.lost", new Error("the connection that says this worker lives is gone"));
  return leave(1);
});
