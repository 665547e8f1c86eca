// npm run worker: the worker alone, for a machine of its own. Ends with it.
import { useDatabase } from "./lib/addresses.mjs";
import { loadEnvironment } from "./lib/project.mjs";
import { main } from "./lib/say.mjs";
import { startWorker, stopWorker } from "./lib/worker.mjs";
import { generateClient } from "./generate.mjs";

await main(async () => {
  loadEnvironment();
  await useDatabase();
  const generated = await generateClient();
  if (generated) return generated;
  const worker = startWorker();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.once(signal, () => void stopWorker(worker));
  const { code } = await worker.gone;
  return code ?? 1;
});
