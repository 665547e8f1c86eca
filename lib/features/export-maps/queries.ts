import "server-only";
import { AppError } from "@/lib/kernel/app-error";
import { sql, type Reader } from "@/lib/platform/db";
import type { ExportMap } from "./schema";

const MAPS = sql`
  SELECT m.code, m.name_zh AS "nameZh", m.name_en AS "nameEn", m.headings, m.active, m.version FROM export_maps m`;

/** Kept by administrators and public to whoever is signed in, so it has no scope. */
export async function listMaps(db: Reader): Promise<ExportMap[]> {
  return db.rows<ExportMap>(sql`${MAPS} ORDER BY NOT m.active, m.code COLLATE "C"`);
}

export async function findMap(db: Reader, code: string): Promise<ExportMap | undefined> {
  const [map] = await db.rows<ExportMap>(sql`${MAPS} WHERE m.code = ${code}`);
  return map;
}

/** The one that a file asks for by its code. */
export async function mapInUse(db: Reader, code: string): Promise<ExportMap> {
  const map = await findMap(db, code);
  if (map?.active) return map;
  const fault = map ? { key: "mapGone" } : { key: "unknownCode", values: { value: code } };
  throw new AppError("VALIDATION", { fieldErrors: { map: [fault] } });
}
