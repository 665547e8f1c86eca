import "server-only";
import { getLocale } from "next-intl/server";
import { readPage } from "@/lib/platform/session";
import { getHealth } from "./queries";
import { hasRole } from "@/lib/kernel/actor";
import type { Health } from "./schema";

export type HealthView = Health & { administers: boolean };

export async function loadHealth(): Promise<HealthView> {
  const locale = (await getLocale()) === "en" ? "en" : "zh-CN";
  return readPage(async ({ db, actor }) => ({
    ...(await getHealth({ db, actor, locale })),
    administers: hasRole(actor, ["ADMIN"]),
  }));
}
