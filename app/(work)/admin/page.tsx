import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { RequestsPanel } from "@/components/admin-requests/requests-panel";
import { UsersFilter } from "@/components/admin/users-filter";
import { UsersPanel } from "@/components/admin/users-panel";
import { Card } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { loadAdminRequests } from "@/lib/features/admin-requests/loaders";
import { loadUsers } from "@/lib/features/admin/loaders";
import { usersHref } from "@/lib/features/admin/address";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("title") };
}

export default async function AdminPage({ searchParams }: PageProps<"/admin">) {
  const { page, query, reference, selfId } = await loadUsers(await searchParams);
  const requests = await loadAdminRequests();
  const { cursor: _, ...filter } = query;
  return (
    <div className="stack">
      <AdminHead tab="users" />
      <RequestsPanel items={requests.items} selfId={selfId} />
      <Card>
        <UsersFilter key={usersHref(filter)} query={query} reference={reference} />
      </Card>
      <UsersPanel users={page.items} reference={reference} selfId={selfId} />
      {(page.nextCursor !== null || query.cursor !== undefined) && (
        <Pagination
          previousHref={query.cursor === undefined ? null : usersHref(filter)}
          nextHref={page.nextCursor && usersHref({ ...filter, cursor: page.nextCursor })}
        />
      )}
    </div>
  );
}
