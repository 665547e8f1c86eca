// npm run dev: the embedded database (or DATABASE_URL), migrations, seed, and Next's development server.
import { generateClient, nextCli } from "./generate.mjs";
import { useDatabase } from "./lib/addresses.mjs";
import { loadEnvironment } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { readPort } from "./lib/web.mjs";
import { startWorker, stopWorker } from "./lib/worker.mjs";
import { migrate } from "./migrate.mjs";
import { runTypeScript } from "./run-ts.mjs";

await main(async () => {
  loadEnvironment();
  const { embedded, ownerUrl } = await useDatabase();
  await migrate(ownerUrl);
  const generated = await generateClient();
  if (generated) return generated;
  const seeded = await runTypeScript("prisma/seed/main.ts", embedded ? ["--with-demo"] : []);
  if (seeded) return seeded;
  process.env.AUTH_TRUST_HOST ??= "1";
  const worker = startWorker({ env: { NODE_ENV: "development" } });
  try {
    return await runNode([nextCli, "dev", "-p", String(readPort()), ...process.argv.slice(2)]);
  } finally {
    await stopWorker(worker);
  }
});
