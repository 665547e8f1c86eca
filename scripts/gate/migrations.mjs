// prisma/schema describes exactly what prisma/migrations build.
import { fileURLToPath } from "node:url";
import { loadEnvironment } from "../lib/project.mjs";
import { runNode } from "../lib/run.mjs";
import { main } from "../lib/say.mjs";
import { testCluster } from "../test-database.mjs";

await main(async () => {
  loadEnvironment();
  const { ownerUrl } = await testCluster();
  const prisma = fileURLToPath(new URL("../prisma.mjs", import.meta.url));
  const sides = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema"];
  return runNode([prisma, "migrate", "diff", ...sides, "--exit-code"], {
    env: { ...process.env, DATABASE_URL: ownerUrl, DATABASE_OWNER_URL: ownerUrl },
  });
});
