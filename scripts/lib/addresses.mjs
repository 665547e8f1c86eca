import { dataHome } from "./project.mjs";
import { takeKeys } from "./secrets.mjs";
import { runningCluster, startCluster } from "./cluster.mjs";

/**
 * Puts the database's addresses into the environment: the given DATABASE_URL, or the embedded
 * server's, which is started when it isn't up.
 */
export async function useDatabase() {
  if (process.env.DATABASE_URL) {
    process.env.DATABASE_OWNER_URL ??= process.env.DATABASE_URL;
    process.env.DATABASE_SIGN_IN_URL ??= process.env.DATABASE_URL;
    process.env.DATABASE_WORKER_URL ??= process.env.DATABASE_URL;
    process.env.DATABASE_PUBLIC_URL ??= process.env.DATABASE_URL;
    takeKeys(dataHome());
    return {
      embedded: false,
      url: process.env.DATABASE_URL,
      ownerUrl: process.env.DATABASE_OWNER_URL,
    };
  }
  const home = dataHome();
  const cluster = (await runningCluster(home)) ?? (await startCluster(home));
  process.env.DATABASE_URL = cluster.url;
  process.env.DATABASE_OWNER_URL = cluster.ownerUrl;
  process.env.DATABASE_SIGN_IN_URL = cluster.signInUrl;
  process.env.DATABASE_WORKER_URL = cluster.workerUrl;
  process.env.DATABASE_PUBLIC_URL = cluster.publicUrl;
  process.env.NEXTAUTH_SECRET ??= cluster.secrets.nextAuthSecret;
  takeKeys(home);
  process.env.NUANZHANG_EMBEDDED = "1";
  return { embedded: true, ...cluster };
}
