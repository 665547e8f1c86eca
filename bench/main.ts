import { existsSync } from "node:fs";
import pg from "pg";
import { exportTimes } from "./exports";
import { benchDatabase, prepare, type BenchDatabase } from "./generate";
import { gridTimes } from "./grid";
import { growth } from "./growth";
import { importTimes } from "./imports";
import { options, type Part } from "./options";
import { readRates, writeRates } from "./rates";
import { postmasterOf } from "./processes";
import { makePlainTable } from "./requests";
import { scriptSizes } from "./scripts";
import { setTimes } from "./sets";
import { serve, type BenchServer } from "./server";
import { tripsOf } from "./trips";
import { yearTimes } from "./year";

const has = (part: Part) => options.parts.includes(part);
const running: BenchServer[] = [];

async function begin(database: BenchDatabase, counted = false): Promise<BenchServer> {
  const server = await serve(database, counted);
  running.push(server);
  return server;
}

async function measure(databases: BenchDatabase[]): Promise<void> {
  const [small, large] = databases as [BenchDatabase, BenchDatabase];
  if (has("trips")) await tripsOf(await begin(small, true));
  const server = await begin(large);
  if (has("scripts")) await scriptSizes(server);
  if (has("grid")) await gridTimes(server);
  const owner = new pg.Client({ connectionString: large.ownerUrl });
  await owner.connect();
  await makePlainTable(owner);
  if (has("exports")) await exportTimes({ server, database: large });
  if (has("reads")) await readRates({ server, database: large, owner });
  if (has("growth")) {
    const sides = [];
    for (const database of databases)
      sides.push({ database, server: database === large ? server : await begin(database) });
    await growth(sides, await postmasterOf(owner));
  }
  if (has("year")) await yearTimes({ server, database: large, owner });
  if (has("imports")) await importTimes({ server, database: large, owner });
  // last, because they leave records behind
  if (has("sets")) await setTimes({ server, owner });
  if (has("writes")) await writeRates({ server, database: large, owner });
  await owner.end();
}

if (!existsSync(".next/standalone/server.js")) throw new Error("npm run build first");
const databases = options.sizes.map((rows) => benchDatabase(rows));
for (const database of databases) {
  const seconds = await prepare(database, options.fresh);
  console.log(`${database.name}: ready after ${seconds.toFixed(0)} s`);
}
try {
  await measure(databases);
} finally {
  for (const server of running) await server.stop();
}
