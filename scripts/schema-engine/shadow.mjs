// The shadow database that `migrate dev` and `migrate diff --from-migrations` replay the migrations in.
import { besides } from "./address.mjs";
import { connectionsTo } from "./connection.mjs";
import { createDatabase, dropDatabase } from "./sql.mjs";

const EMPTY = `DO $$ DECLARE s text; BEGIN
  FOR s IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
  LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; CREATE SCHEMA public; END $$;`;

/**
 * The configured one, emptied first, or a temporary one beside the main database.
 * @param {{ url: string | undefined, shadowUrl: string | undefined }} settings
 * @param {import("./connection.mjs").Connection[]} opened
 */
export async function connectToShadow({ url, shadowUrl }, opened) {
  if (shadowUrl) {
    if (shadowUrl === url) throw new Error("The shadow database must not be the main database");
    const given = await connectionsTo(shadowUrl, opened).connect();
    await given.executeScript(EMPTY);
    return given;
  }
  if (!url) {
    const missing = new Error("A database URL is needed to replay the migrations");
    throw Object.assign(missing, { code: "P1012" });
  }
  const temporary = besides(url, `prisma_migrate_shadow_db_${crypto.randomUUID()}`);
  await createDatabase(temporary, "template0");
  const connection = await connectionsTo(temporary, opened).connect();
  const close = connection.dispose.bind(connection);
  /** @type {Promise<void> | undefined} */
  let dropped;
  connection.dispose = () => (dropped ??= close().then(() => dropDatabase(temporary)));
  return connection;
}
