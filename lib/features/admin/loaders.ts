import "server-only";
import { readPage } from "@/lib/platform/session";
import { requireAdmin } from "./policy";
import { listAdminOrganisations, listAdminProgrammes, listUsers } from "./queries";
import {
  usersQuerySchema,
  type AdminOrganisation,
  type AdminProgramme,
  type UsersPage,
  type UsersQuery,
} from "./schema";

type Search = Record<string, string | string[] | undefined>;

/** An address somebody edited by hand keeps what can be understood of it. */
function understood(search: Search): UsersQuery {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (typeof value !== "string" || value.trim() === "") continue;
    if (usersQuerySchema.safeParse({ ...kept, [name]: value }).success) kept[name] = value;
  }
  return usersQuerySchema.parse(kept);
}

export type UsersView = {
  page: UsersPage;
  query: UsersQuery;
  organisations: AdminOrganisation[];
  /** The account that is looking: it cannot change itself. */
  selfId: string;
};

export function loadUsers(search: Search): Promise<UsersView> {
  return readPage(async ({ db, actor }) => {
    requireAdmin(actor);
    const query = understood(search);
    const page = await listUsers({ db, actor, query });
    const { items } = await listAdminOrganisations({ db, actor });
    return { page, query, organisations: items, selfId: actor.userId };
  });
}

export function loadAdminOrganisations(): Promise<AdminOrganisation[]> {
  return readPage(async ({ db, actor }) => (await listAdminOrganisations({ db, actor })).items);
}

export function loadAdminProgrammes(): Promise<AdminProgramme[]> {
  return readPage(async ({ db, actor }) => (await listAdminProgrammes({ db, actor })).items);
}
