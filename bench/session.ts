import { createHash } from "node:crypto";
import type pg from "pg";

/** The session of somebody of the bench's own who has these roles at an organisation; made where there is none. */
export async function sessionAt(
  owner: pg.Client,
  { bench, organisation, roles }: { bench: string; organisation: string; roles: string[] },
): Promise<string> {
  const username = `bench.${bench}.${organisation.toLowerCase()}`;
  const session = createHash("sha256").update(username).digest("hex");
  await owner.query(
    "INSERT INTO users (username, name_zh, name_en) VALUES ($1, $1, $1) ON CONFLICT DO NOTHING",
    [username],
  );
  // a role that is given ends the sessions there are, so that these come first
  await owner.query(
    `INSERT INTO memberships (user_id, organisation_id, role) SELECT u.id, o.id, r.role
     FROM users u, organisations o, unnest($3::text[]) AS r (role)
     WHERE u.username = $1 AND o.code = $2 AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = u.id)`,
    [username, organisation, roles],
  );
  await owner.query(
    `INSERT INTO sessions (token_hash, user_id, expires_at, last_seen_at)
     SELECT $2, id, now() + interval '1 day', now() FROM users WHERE username = $1
     ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = now(), expires_at = excluded.expires_at, revoked_at = NULL`,
    [username, session],
  );
  return session;
}
