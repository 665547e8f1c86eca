import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  output: "standalone",
  // A lock file in a parent folder must not move the output.
  outputFileTracingRoot: import.meta.dirname,
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  typedRoutes: true,
  reactCompiler: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "@node-rs/argon2"],
  devIndicators: false,
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
