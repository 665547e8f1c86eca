import "server-only";
import { getPageReference } from "@/lib/features/reference/queries";
import { LISTED_AT_MOST, type PageReference } from "@/lib/features/reference/types";
import { readPage } from "@/lib/platform/session";
import { requireAdmin } from "./policy";
import {
  listAdminOrganisations,
  listAdminProgrammes,
  listFailedSignIns,
  listUsers,
} from "./queries";
import { usersQuerySchema, type FailedSignIn, type UsersPage, type UsersQuery } from "./schema";
import type { ProgrammesView } from "./types";

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
  reference: PageReference;
  /** The account that is looking: it cannot change itself. */
  selfId: string;
};

export function loadUsers(search: Search): Promise<UsersView> {
  return readPage(async ({ db, scope, actor }) => {
    requireAdmin(actor);
    const query = understood(search);
    const page = await listUsers({ db, actor, query });
    const reference = await getPageReference({ db, scope, actor, named: [query.org] });
    return { page, query, reference, selfId: actor.userId };
  });
}

export function loadAdminOrganisations(search: Search) {
  const q = typeof search.q === "string" ? search.q.trim().slice(0, 60) : "";
  return readPage(async ({ db, scope, actor }) => {
    const limit = LISTED_AT_MOST + 1;
    const { items } = await listAdminOrganisations({ db, actor, q, limit });
    const reference = await getPageReference({ db, scope, actor, named: [] });
    return { items: items.slice(0, LISTED_AT_MOST), more: items.length === limit, q, reference };
  });
}

export function loadAdminProgrammes(): Promise<ProgrammesView> {
  return readPage(async ({ db, scope, actor }) => {
    const { items } = await listAdminProgrammes({ db, actor });
    const reference = await getPageReference({ db, scope, actor, named: [] });
    const inUse = ({ active }: { active: boolean }) => active;
    const choices = {
      aidCategories: reference.aidCategories.filter(inUse),
      recipientKinds: reference.recipientKinds.filter(inUse),
    };
    return { programmes: items, choices };
  });
}

export function loadFailedSignIns(): Promise<FailedSignIn[]> {
  return readPage(async ({ db, actor }) => (await listFailedSignIns({ db, actor })).items);
}
