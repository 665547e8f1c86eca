import { House } from "lucide-react";
import { useTranslations } from "next-intl";
import { placeSource } from "@/components/figures/options";
import { ScopeBar } from "@/components/figures/scope-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { CAUSES, HOUSEHOLD_STATUSES, TIERS } from "@/lib/features/households/labels";
import { rightsHref } from "@/lib/features/rights/address";
import type { HouseholdsView } from "@/lib/features/households/types";
import { placeName } from "@/lib/features/reference/present";
import type { Locale } from "@/lib/kernel/preferences";
import { ListTools } from "@/components/household-lists/list-tools";
import { HouseholdCounts } from "./household-counts";
import { HouseholdList } from "./household-list";

type Part = { view: HouseholdsView; locale: Locale };

function Scope({ view, locale }: Part) {
  const t = useTranslations("households");
  const { root, query, reads } = view;
  const choice = (
    name: "status" | "tier" | "cause",
    options: readonly string[],
    value: readonly string[] | undefined,
  ) => ({
    name,
    label: t(`filter.${name}`),
    width: "axis" as const,
    value: value?.join(",") ?? "",
    placeholder: t("filter.all"),
    options: options.map((code) => ({ value: code, label: t(`${name}.${code}` as "tier.deep") })),
  });
  const place = {
    name: "org",
    label: t("filter.org"),
    width: "place" as const,
    value: root.code,
    organisations: placeSource(view, root.code, locale),
  };
  const due = {
    name: "due",
    label: t("filter.due"),
    width: "axis" as const,
    value: query.due ?? "",
    placeholder: t("filter.all"),
    options: (["review", "follow-up"] as const).map((value) => ({ value, label: t(`due.${value}`) })), // prettier-ignore
  };
  const choices = [
    choice("status", HOUSEHOLD_STATUSES, query.status),
    choice("tier", TIERS, query.tier),
    choice("cause", CAUSES, query.cause),
    due,
  ];
  return (
    <ScopeBar
      path="/households"
      label={t("filter.label")}
      apply={t("filter.apply")}
      kept={{}}
      fields={[place, ...(reads ? choices : [])]}
    />
  );
}

/** Files one by one to those who keep and judge them; to the province how many there are. */
export function HouseholdsPage({ view, locale, trail }: Part & { trail: string | undefined }) {
  const t = useTranslations("households");
  const { root, reads, files, keeps, year, today, query } = view;
  return (
    <div className="stack">
      <PageHeader
        title={t("heading", { place: placeName(root, locale) })}
        lead={t(reads ? "lead" : "leadSums")}
        actions={
          <>
            <LinkButton href={rightsHref()}>{t("rights")}</LinkButton>
            {keeps && (
              <ListTools organisation={root.code} name={placeName(root, locale)} today={today} />
            )}
            {files && (
              <LinkButton
                href="/households/new"
                variant="primary"
                icon={<House size={16} aria-hidden />}
              >
                {t("new")}
              </LinkButton>
            )}
          </>
        }
      />
      <Scope view={view} locale={locale} />
      {reads && (
        <HouseholdList
          key={JSON.stringify([root.code, query])}
          query={{ ...query, org: root.code }}
          trail={trail}
          year={year}
          today={today}
        />
      )}
      <HouseholdCounts view={view} locale={locale} />
    </div>
  );
}
