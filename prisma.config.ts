import { defineConfig } from "prisma/config";

// Only commands that reach a database need an address; scripts/prisma.mjs supplies the embedded one's.
const offline = "postgresql://offline@127.0.0.1:1/none";
const shadow = process.env.SHADOW_DATABASE_URL;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: {
    url: process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL ?? offline,
    ...(shadow ? { shadowDatabaseUrl: shadow } : {}),
  },
});
