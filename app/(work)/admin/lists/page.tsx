import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { ListPanel } from "@/components/catalogue/list-panel";
import { Tabs } from "@/components/ui/tabs";
import { listHref } from "@/lib/features/catalogue/address";
import { loadList } from "@/lib/features/catalogue/loaders";
import { LIST_NAMES } from "@/lib/features/catalogue/types";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.lists")} · ${t("title")}` };
}

export default async function ListsPage({ searchParams }: PageProps<"/admin/lists">) {
  const { list, items } = await loadList((await searchParams)["list"]);
  const t = await getTranslations("admin");
  return (
    <div className="stack">
      <AdminHead tab="lists" />
      <p className="quiet">{t("lists.lead")}</p>
      <Tabs
        label={t("tabs.lists")}
        tabs={LIST_NAMES.map((name) => ({
          href: listHref(name),
          label: t(`lists.name.${name}`),
          current: name === list,
        }))}
      />
      <ListPanel key={list} list={list} items={items} />
    </div>
  );
}
