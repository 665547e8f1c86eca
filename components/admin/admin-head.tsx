import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";

const TABS = {
  users: "/admin",
  organisations: "/admin/organisations",
  programmes: "/admin/programmes",
  lists: "/admin/lists",
  campaigns: "/admin/campaigns",
  rules: "/admin/approval-rules",
  thresholds: "/admin/thresholds",
  calendar: "/admin/calendar",
  workdays: "/admin/workdays",
  maps: "/admin/maps",
  signIns: "/admin/sign-ins",
  reveals: "/admin/reveals",
  personalData: "/admin/personal-data",
  years: "/admin/years",
  health: "/admin/health",
};
type Tab = keyof typeof TABS;

export function AdminHead({ tab }: { tab: Tab }) {
  const t = useTranslations("admin");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Tabs
        label={t("tabs.label")}
        tabs={(Object.keys(TABS) as Tab[]).map((key) => ({
          href: TABS[key],
          label: t(`tabs.${key}`),
          current: key === tab,
        }))}
      />
    </>
  );
}
