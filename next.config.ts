import { readdirSync } from "node:fs";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Baked into the build: the readiness probe compares them with what the database has. */
const migrations = readdirSync("prisma/migrations", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const config: NextConfig = {
  output: "standalone",
  env: { NUANZHANG_MIGRATIONS: migrations.join(",") },
  // A lock file in a parent folder must not move the output.
  outputFileTracingRoot: import.meta.dirname,
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  typedRoutes: true,
  // `npm test` checks types before it builds; a first start does not wait for what it cannot act on.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "@node-rs/argon2", "pdfmake", "flydrive", "file-type"],
  // read by path when a pdf is written (lib/platform/pdf.ts): nothing imports them
  outputFileTracingIncludes: {
    "/api/v1/**": ["400Regular", "700Bold"].map(
      (face) => `node_modules/@expo-google-fonts/noto-sans-sc/${face}/*.ttf`,
    ),
    // run in a thread of its own (lib/platform/papers/check-pdf.ts)
    "/api/v1/disbursements/**": [
      "lib/platform/papers/pdf-faults.mjs",
      "node_modules/pdf-lib/dist/pdf-lib.min.js",
      "node_modules/pdf-lib/package.json",
    ],
  },
  devIndicators: false,
};

/** Sentences are read when the server is built: what reads them weighs 10 kB on every page. */
const messages = {
  path: "./lib/i18n/messages",
  format: "json",
  locales: "infer",
  precompile: true,
} as const;

export default createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  experimental: { messages },
})(config);
